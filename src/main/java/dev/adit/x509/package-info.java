/**
 * Parses certificates and keys, and refuses those that take too long to use.
 */
@NullMarked
package dev.adit.x509;

import org.jspecify.annotations.NullMarked;
