/**
 * Reads what the event loops count. Produces totals for whoever shows them; JDK only.
 */
@NullMarked
package dev.adit.observe;

import org.jspecify.annotations.NullMarked;
