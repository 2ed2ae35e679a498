/**
 * Reads translations and the Lease. Produces Ingress status and Events: the only writer to the Kubernetes API.
 */
@NullMarked
package dev.adit.kube.status;

import org.jspecify.annotations.NullMarked;
