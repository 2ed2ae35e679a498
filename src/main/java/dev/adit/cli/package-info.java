/**
 * Reads arguments. Produces a running mode of the one binary: serve or demo.
 */
@NullMarked
package dev.adit.cli;

import org.jspecify.annotations.NullMarked;
