/**
 * Reads the libraries' classes while the native image is built. Produces their trimmed form: what Adit never calls is not compiled in.
 */
@NullMarked
package dev.adit.nativeimage;

import org.jspecify.annotations.NullMarked;
