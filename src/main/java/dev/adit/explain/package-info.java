/**
 * Reads a question about one request, and the published state. Produces what would become of it, with every reason: for
 * the command line, and for the management port.
 */
@NullMarked
package dev.adit.explain;

import org.jspecify.annotations.NullMarked;
