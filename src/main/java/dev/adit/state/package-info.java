/**
 * Reads what is served, now and then. Produces a file of it, from which the process resumes where there is no API server.
 */
@NullMarked
package dev.adit.state;

import org.jspecify.annotations.NullMarked;
