/**
 * Translates what has changed, and nothing else. {@link dev.adit.control.incremental.References} knows which Ingresses
 * depend on which objects and on one another, and {@link dev.adit.control.incremental.AttachedRoutes} where routes of the Gateway API
 * meet; the two memories of what was good before are part of it.
 */
@NullMarked
package dev.adit.control.incremental;

import org.jspecify.annotations.NullMarked;
