/**
 * Answers what would become of a request, and why, by the parsers, the index and the filters that the proxy uses.
 */
@NullMarked
package dev.adit.explain;

import org.jspecify.annotations.NullMarked;
