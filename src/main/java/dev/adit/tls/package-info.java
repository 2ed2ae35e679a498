/**
 * Reads the certificates of a routing table. Produces the key manager that answers each handshake by its server name.
 */
@NullMarked
package dev.adit.tls;

import org.jspecify.annotations.NullMarked;
