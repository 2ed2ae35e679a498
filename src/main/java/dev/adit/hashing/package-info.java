/**
 * Hashes of texts that users choose, which nobody can foresee.
 */
@NullMarked
package dev.adit.hashing;

import org.jspecify.annotations.NullMarked;
