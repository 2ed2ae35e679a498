/**
 * Reads the command line and the environment, once. Produces the static settings.
 */
@NullMarked
package dev.adit.config;

import org.jspecify.annotations.NullMarked;
