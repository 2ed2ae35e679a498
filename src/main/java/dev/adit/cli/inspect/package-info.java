/**
 * Reads a question on the command line, and manifests, a cluster or a running Adit. Produces the answer as text or JSON,
 * and an exit code; nothing of it serves.
 */
@NullMarked
package dev.adit.cli.inspect;

import org.jspecify.annotations.NullMarked;
