/**
 * Follows the API server by informers, whose stores hold records and not objects (ADR 12), and reads Secrets by name.
 */
@NullMarked
package dev.adit.kube.watch;

import org.jspecify.annotations.NullMarked;
