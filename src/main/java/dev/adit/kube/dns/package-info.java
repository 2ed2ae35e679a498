/**
 * Reads the names of ExternalName Services by DNS. Produces endpoints for them, as slices beside those of a cluster.
 */
@NullMarked
package dev.adit.kube.dns;

import org.jspecify.annotations.NullMarked;
