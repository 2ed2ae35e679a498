/**
 * Reads the {@code adit.dev/} annotations of Ingresses and the ConfigMap of their class. Produces what they ask for, and a problem for each that is wrong.
 */
@NullMarked
package dev.adit.translate.settings;

import org.jspecify.annotations.NullMarked;
