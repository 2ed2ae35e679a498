/**
 * What a route does beyond forwarding: one immutable record for each wish.
 */
@NullMarked
package dev.adit.routing.policy;

import org.jspecify.annotations.NullMarked;
