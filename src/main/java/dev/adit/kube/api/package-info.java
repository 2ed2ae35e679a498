/**
 * The few JSON fields of each kind that Adit looks at or writes; all others are skipped while they are read.
 */
@NullMarked
package dev.adit.kube.api;

import org.jspecify.annotations.NullMarked;
