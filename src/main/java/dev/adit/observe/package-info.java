/**
 * What there is to know of each request at its end, and who listens there: every request ends once. Counts what the event
 * loops do.
 */
@NullMarked
package dev.adit.observe;

import org.jspecify.annotations.NullMarked;
