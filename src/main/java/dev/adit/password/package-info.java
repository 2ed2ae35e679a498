/**
 * Verifies passwords by their hashes.
 */
@NullMarked
package dev.adit.password;

import org.jspecify.annotations.NullMarked;
