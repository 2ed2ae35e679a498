/**
 * Threads and timers that nothing ends, and which say so where it cannot be helped.
 */
@NullMarked
package dev.adit.supervision;

import org.jspecify.annotations.NullMarked;
