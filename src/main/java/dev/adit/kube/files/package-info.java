/**
 * Reads a folder of manifests, and follows its changes.
 */
@NullMarked
package dev.adit.kube.files;

import org.jspecify.annotations.NullMarked;
