/**
 * The options of the command line, with their converters.
 */
@NullMarked
package dev.adit.cli.options;

import org.jspecify.annotations.NullMarked;
