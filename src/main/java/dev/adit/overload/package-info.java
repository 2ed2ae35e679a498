/**
 * Decides who gives way, and who is next, where clients want more memory or connections than there are (ADR 16).
 */
@NullMarked
package dev.adit.overload;

import org.jspecify.annotations.NullMarked;
