/**
 * Finds the route of a request: hosts in maps, paths in a sorted array, and an ordered list of routes for each path.
 */
@NullMarked
package dev.adit.match;

import org.jspecify.annotations.NullMarked;
