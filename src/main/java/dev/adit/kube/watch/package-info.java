/**
 * Reads the Kubernetes API through informers. Produces a {@link dev.adit.kube.KubeSnapshot} and a signal whenever it changed.
 */
@NullMarked
package dev.adit.kube.watch;

import org.jspecify.annotations.NullMarked;
