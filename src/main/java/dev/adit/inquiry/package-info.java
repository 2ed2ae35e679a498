/**
 * Asks other services about requests, before these are served.
 */
@NullMarked
package dev.adit.inquiry;

import org.jspecify.annotations.NullMarked;
