/**
 * Reads nothing: the plain records of the Kubernetes objects that matter here. Produces the {@link dev.adit.kube.KubeSnapshot} that translation reads.
 */
@NullMarked
package dev.adit.kube;

import org.jspecify.annotations.NullMarked;
