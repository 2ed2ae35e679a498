/**
 * Reads the command line and starts what it asks for.
 */
@NullMarked
package dev.adit.cli;

import org.jspecify.annotations.NullMarked;
