/**
 * Turns snapshots into published generations on one thread, and remembers what was good last (ADR 13).
 */
@NullMarked
package dev.adit.control;

import org.jspecify.annotations.NullMarked;
