/**
 * Reads nothing. Produces the model of routing: immutable values of the JDK alone, and their one text form.
 */
@NullMarked
package dev.adit.routing;

import org.jspecify.annotations.NullMarked;
