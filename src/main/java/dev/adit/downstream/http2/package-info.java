/**
 * The client's end of exchanges in HTTP/2: reads streams, and writes frames (ADR 9).
 */
@NullMarked
package dev.adit.downstream.http2;

import org.jspecify.annotations.NullMarked;
