/**
 * Reads the sample manifests. Produces the kiada, quote and quiz upstreams, in this process.
 */
@NullMarked
package dev.adit.demo;

import org.jspecify.annotations.NullMarked;
