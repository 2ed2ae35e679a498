/**
 * Reads text of others. Produces text that can be shown on a terminal, in a log or on a page.
 */
@NullMarked
package dev.adit.text;

import org.jspecify.annotations.NullMarked;
