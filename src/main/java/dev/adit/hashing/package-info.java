/**
 * Hashes the text of keys. Which texts have equal hashes is another question in each process.
 */
@NullMarked
package dev.adit.hashing;

import org.jspecify.annotations.NullMarked;
