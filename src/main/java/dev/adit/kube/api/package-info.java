/**
 * Reads JSON of the Kubernetes API through the client. Produces objects with the few fields that Adit looks at or writes; all others are skipped while they are read.
 */
@NullMarked
package dev.adit.kube.api;

import org.jspecify.annotations.NullMarked;
