/**
 * Reads snapshots from a source. Produces published generations: snapshot, translate, compile, swap, report.
 */
@NullMarked
package dev.adit.control;

import org.jspecify.annotations.NullMarked;
