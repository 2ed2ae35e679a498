/**
 * Reads and writes what HTTP/2 sends on streams, at either end of an exchange.
 */
@NullMarked
package dev.adit.wire.frames;

import org.jspecify.annotations.NullMarked;
