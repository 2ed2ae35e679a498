/**
 * Writes status and Events to the API server, by the holder of the Lease. Nobody else writes there.
 */
@NullMarked
package dev.adit.kube.status;

import org.jspecify.annotations.NullMarked;
