/**
 * Shows text of others with what cannot be seen escaped: in the log, on pages, in Events and on the command line.
 */
@NullMarked
package dev.adit.text;

import org.jspecify.annotations.NullMarked;
