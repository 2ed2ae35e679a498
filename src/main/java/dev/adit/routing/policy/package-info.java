/**
 * What a route does beyond forwarding: one immutable record for each wish. Knows only the JDK.
 */
@NullMarked
package dev.adit.routing.policy;

import org.jspecify.annotations.NullMarked;
