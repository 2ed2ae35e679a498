/**
 * What the rules of routes of the Gateway API mean, whichever listeners they are attached to. Pure.
 */
@NullMarked
package dev.adit.translate.gateway.route;

import org.jspecify.annotations.NullMarked;
