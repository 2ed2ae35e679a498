/**
 * Moving over from ingress-nginx: what of its Ingresses is served as before, what is not, and what to do about it.
 */
@NullMarked
package dev.adit.migrate;

import org.jspecify.annotations.NullMarked;
