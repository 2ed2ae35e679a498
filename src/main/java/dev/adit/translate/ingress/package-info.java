/**
 * Reads Ingress v1: rules, default backends and certificates, merged by host (ADR 15).
 */
@NullMarked
package dev.adit.translate.ingress;

import org.jspecify.annotations.NullMarked;
