/**
 * The settings of the process, read once from the command line.
 */
@NullMarked
package dev.adit.config;

import org.jspecify.annotations.NullMarked;
