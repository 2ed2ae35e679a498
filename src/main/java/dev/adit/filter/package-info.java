/**
 * Does what each policy of a route says: one class for each policy, and their order in one list.
 */
@NullMarked
package dev.adit.filter;

import org.jspecify.annotations.NullMarked;
