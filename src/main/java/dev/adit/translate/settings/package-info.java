/**
 * Reads the {@code adit.dev/} annotations of Ingresses and the ConfigMap of their class, one class for each setting
 * that becomes a policy.
 */
@NullMarked
package dev.adit.translate.settings;

import org.jspecify.annotations.NullMarked;
