/**
 * Trims libraries while the native image is built (ADR 7).
 */
@NullMarked
package dev.adit.nativeimage;

import org.jspecify.annotations.NullMarked;
