/**
 * Knows nothing. Says which endpoints an upstream has, and how they are spoken to.
 */
@NullMarked
package dev.adit.routing.upstream;

import org.jspecify.annotations.NullMarked;
