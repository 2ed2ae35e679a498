/**
 * Judges an installation: what an operator would look at first, and what to do about it.
 */
@NullMarked
package dev.adit.doctor;

import org.jspecify.annotations.NullMarked;
