/**
 * Three sample applications and their manifests, for {@code adit demo} without a cluster.
 */
@NullMarked
package dev.adit.demo;

import org.jspecify.annotations.NullMarked;
