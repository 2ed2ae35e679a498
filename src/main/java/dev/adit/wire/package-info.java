/**
 * Reads messages of HTTP/1 as they are decoded, and trusts none of them. Produces the bytes of the next hop's.
 */
@NullMarked
package dev.adit.wire;

import org.jspecify.annotations.NullMarked;
