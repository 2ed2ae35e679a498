/**
 * Knows policies and requests. Does what each policy says: one class for each, and the order in one list.
 */
@NullMarked
package dev.adit.filter;

import org.jspecify.annotations.NullMarked;
