/**
 * Encrypts connections to endpoints.
 */
@NullMarked
package dev.adit.upstream.tls;

import org.jspecify.annotations.NullMarked;
