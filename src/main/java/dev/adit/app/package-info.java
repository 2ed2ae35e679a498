/**
 * Wires the parts together: builds each by its constructor, starts them in order and closes them in reverse.
 */
@NullMarked
package dev.adit.app;

import org.jspecify.annotations.NullMarked;
