/**
 * Records of the Kubernetes objects that matter, the snapshot that holds them, and what is wrong with them.
 */
@NullMarked
package dev.adit.kube;

import org.jspecify.annotations.NullMarked;
