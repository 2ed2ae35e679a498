/**
 * Reads client connections and the live generation. Produces responses: match, balance, forward.
 */
@NullMarked
package dev.adit.proxy;

import org.jspecify.annotations.NullMarked;
