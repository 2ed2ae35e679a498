/**
 * Reads heads of requests and responses, whatever engine carries them. Produces what they mean and which fields pass.
 */
@NullMarked
package dev.adit.http;

import org.jspecify.annotations.NullMarked;
