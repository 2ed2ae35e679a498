/**
 * What every source of objects offers: a snapshot at any time, and a signal when it has changed.
 */
@NullMarked
package dev.adit.kube.source;

import org.jspecify.annotations.NullMarked;
