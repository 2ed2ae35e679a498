/**
 * Chooses certificates by server name, and judges those of clients (ADR 5, ADR 10).
 */
@NullMarked
package dev.adit.tls;

import org.jspecify.annotations.NullMarked;
