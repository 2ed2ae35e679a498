/**
 * Shows the published state on the management port: health, metrics, {@code /routes} and {@code /explain}. It changes
 * nothing.
 */
@NullMarked
package dev.adit.admin;

import org.jspecify.annotations.NullMarked;
