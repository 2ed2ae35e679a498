/**
 * Reads the objects of {@link dev.adit.kube.api}. Produces the small records of {@link dev.adit.kube}, with certificates parsed.
 */
@NullMarked
package dev.adit.kube.convert;

import org.jspecify.annotations.NullMarked;
