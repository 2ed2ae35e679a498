/**
 * Resolves the names of ExternalName Services, around any source.
 */
@NullMarked
package dev.adit.kube.dns;

import org.jspecify.annotations.NullMarked;
