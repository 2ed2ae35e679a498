/**
 * Keeps one client from using up what all of them need: memory for bytes that nobody reads, and connections to
 * endpoints. Everything here belongs to one event loop.
 */
@NullMarked
package dev.adit.overload;

import org.jspecify.annotations.NullMarked;
