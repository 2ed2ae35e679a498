/**
 * Reads a {@link dev.adit.kube.KubeSnapshot}. Produces a {@link dev.adit.translate.Translation}: routing table, endpoints and problems, by pure functions.
 */
@NullMarked
package dev.adit.translate;

import org.jspecify.annotations.NullMarked;
