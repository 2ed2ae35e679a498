/**
 * Reads a directory of manifests and follows its changes. Produces the same {@link dev.adit.kube.KubeSnapshot} as a cluster would.
 */
@NullMarked
package dev.adit.kube.files;

import org.jspecify.annotations.NullMarked;
