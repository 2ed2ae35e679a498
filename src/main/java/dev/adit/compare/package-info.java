/**
 * Asks two controllers the same, and says where their answers differ: the check before a name in DNS is pointed elsewhere.
 */
@NullMarked
package dev.adit.compare;

import org.jspecify.annotations.NullMarked;
