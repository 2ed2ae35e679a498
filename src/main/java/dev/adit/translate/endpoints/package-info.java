/**
 * Reads the EndpointSlices of the Services in use. Produces the endpoints of each upstream, and a problem for each part that is wrong.
 */
@NullMarked
package dev.adit.translate.endpoints;

import org.jspecify.annotations.NullMarked;
