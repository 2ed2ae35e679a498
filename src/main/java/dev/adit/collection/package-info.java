/** Collections that are never changed, and cheap to have with a few other entries. */
@NullMarked
package dev.adit.collection;

import org.jspecify.annotations.NullMarked;
