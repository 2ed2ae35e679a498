/**
 * Reads the streams of HTTP/2 connections. Produces exchanges of them, and frames of what comes back.
 */
@NullMarked
package dev.adit.http2;

import org.jspecify.annotations.NullMarked;
