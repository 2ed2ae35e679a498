/**
 * What a command line asks for: serving, the demo, a sample application, or a question about a cluster.
 */
@NullMarked
package dev.adit.cli.mode;

import org.jspecify.annotations.NullMarked;
