/**
 * The client's end of exchanges in HTTP/1: reads requests as Netty decodes them, and writes responses (ADR 8).
 */
@NullMarked
package dev.adit.downstream.http1;

import org.jspecify.annotations.NullMarked;
