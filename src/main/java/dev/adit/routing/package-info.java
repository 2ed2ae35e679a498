/**
 * The model of routing: hosts with routes, each a match, policies and an action (ADR 17). Immutable; knows only the
 * JDK and RE2/J.
 */
@NullMarked
package dev.adit.routing;

import org.jspecify.annotations.NullMarked;
