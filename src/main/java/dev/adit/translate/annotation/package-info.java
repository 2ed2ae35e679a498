/**
 * Annotations as a registry: what a dialect knows, how each is read, and what becomes of an Ingress with a wrong one.
 * Messages, hints and the page in docs are made of it.
 */
@NullMarked
package dev.adit.translate.annotation;

import org.jspecify.annotations.NullMarked;
