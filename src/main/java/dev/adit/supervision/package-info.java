/**
 * Runs the long-lived threads and timers. Whatever one turn of them throws is logged, and the next turn comes all the same.
 */
@NullMarked
package dev.adit.supervision;

import org.jspecify.annotations.NullMarked;
