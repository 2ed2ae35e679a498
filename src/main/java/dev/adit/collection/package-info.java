/**
 * Maps that are never changed, and are cheap to have with a few other entries (ADR 13).
 */
@NullMarked
package dev.adit.collection;

import org.jspecify.annotations.NullMarked;
