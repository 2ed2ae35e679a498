/**
 * Reads Ingress objects with what they refer to. Produces hosts, routes, upstreams and certificates, and a problem for each part that is refused.
 */
@NullMarked
package dev.adit.translate.ingress;

import org.jspecify.annotations.NullMarked;
