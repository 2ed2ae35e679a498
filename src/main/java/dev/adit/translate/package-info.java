/**
 * What a snapshot of objects means: tables, problems, and the options that decide it. Pure.
 */
@NullMarked
package dev.adit.translate;

import org.jspecify.annotations.NullMarked;
