/**
 * Reads the command line and starts every part. Produces the running ingress controller: the only place with wiring.
 */
@NullMarked
package dev.adit;

import org.jspecify.annotations.NullMarked;
