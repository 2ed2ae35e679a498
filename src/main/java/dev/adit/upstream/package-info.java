/**
 * Reads endpoints. Produces client connections to them, pooled for each event loop.
 */
@NullMarked
package dev.adit.upstream;

import org.jspecify.annotations.NullMarked;
