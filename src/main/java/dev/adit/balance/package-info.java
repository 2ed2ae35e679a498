/**
 * Reads the ready endpoints of an upstream. Produces the one that takes the next request.
 */
@NullMarked
package dev.adit.balance;

import org.jspecify.annotations.NullMarked;
