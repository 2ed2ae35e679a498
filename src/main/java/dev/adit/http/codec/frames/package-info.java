/**
 * Writes the header sections and frames of HTTP/2, at either end of an exchange.
 */
@NullMarked
package dev.adit.http.codec.frames;

import org.jspecify.annotations.NullMarked;
