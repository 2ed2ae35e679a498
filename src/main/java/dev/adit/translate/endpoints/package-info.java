/**
 * Collects the ready endpoints of EndpointSlices, those near this node first.
 */
@NullMarked
package dev.adit.translate.endpoints;

import org.jspecify.annotations.NullMarked;
