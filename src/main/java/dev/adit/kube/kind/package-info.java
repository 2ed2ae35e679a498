/**
 * The kinds that are served: for each one file that says how its objects are read and written, and {@link
 * dev.adit.kube.kind.ServedKinds}, the list of them. Certificates are parsed here, once.
 */
@NullMarked
package dev.adit.kube.kind;

import org.jspecify.annotations.NullMarked;
