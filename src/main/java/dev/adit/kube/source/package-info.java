/**
 * Where objects come from. Produces a {@link dev.adit.kube.KubeSnapshot} at any time, and a signal whenever it changed.
 */
@NullMarked
package dev.adit.kube.source;

import org.jspecify.annotations.NullMarked;
