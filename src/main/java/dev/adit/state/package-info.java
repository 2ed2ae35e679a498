/**
 * Keeps on disk what is served, and starts from it where there is no API server (ADR 11).
 */
@NullMarked
package dev.adit.state;

import org.jspecify.annotations.NullMarked;
