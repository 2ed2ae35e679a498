/**
 * Carries exchanges on connections of HTTP/1 to endpoints, and the bytes of tunnels.
 */
@NullMarked
package dev.adit.upstream.http1;

import org.jspecify.annotations.NullMarked;
