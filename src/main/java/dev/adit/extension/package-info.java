/**
 * Reads the beans that extend Adit in Java. Produces those that take part in a route.
 */
@NullMarked
package dev.adit.extension;

import org.jspecify.annotations.NullMarked;
