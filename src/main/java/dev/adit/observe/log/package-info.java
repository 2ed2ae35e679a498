/**
 * The access log: a line for each request that has ended. An event loop writes the line into a ring of its own; one thread takes lines from all
 * rings to the file. Where it cannot keep up, lines are dropped and counted: no request waits for its line.
 */
@NullMarked
package dev.adit.observe.log;

import org.jspecify.annotations.NullMarked;
