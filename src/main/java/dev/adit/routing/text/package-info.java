/**
 * Knows the model of routing. Writes and reads its one text form.
 */
@NullMarked
package dev.adit.routing.text;

import org.jspecify.annotations.NullMarked;
