/**
 * Counts what the event loops do.
 */
@NullMarked
package dev.adit.observe;

import org.jspecify.annotations.NullMarked;
