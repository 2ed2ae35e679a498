/**
 * Carries exchanges on connections of HTTP/2 to endpoints. Knows nothing of clients and routes.
 */
@NullMarked
package dev.adit.upstream.http2;

import org.jspecify.annotations.NullMarked;
