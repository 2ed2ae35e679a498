/**
 * Chooses the next endpoint of a Service, and leaves out those that refuse connections.
 */
@NullMarked
package dev.adit.balance;

import org.jspecify.annotations.NullMarked;
