/**
 * Reads heads of requests and responses. Says what they mean, which fields pass, and which route takes a request.
 */
@NullMarked
package dev.adit.http;

import org.jspecify.annotations.NullMarked;
