/**
 * Services as the data plane sees them: endpoints, and how they are spoken to.
 */
@NullMarked
package dev.adit.routing.upstream;

import org.jspecify.annotations.NullMarked;
