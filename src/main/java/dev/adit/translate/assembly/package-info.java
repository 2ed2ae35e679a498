/**
 * What the translators of all APIs say, put together. Pure.
 */
@NullMarked
package dev.adit.translate.assembly;

import org.jspecify.annotations.NullMarked;
