/**
 * Writes and reads the one text form of the model.
 */
@NullMarked
package dev.adit.routing.text;

import org.jspecify.annotations.NullMarked;
