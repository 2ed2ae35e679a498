/**
 * The management port: health, metrics, the page, {@code /routes} and {@code /explain}. Nothing can be changed there.
 */
@NullMarked
package dev.adit.admin;

import org.jspecify.annotations.NullMarked;
