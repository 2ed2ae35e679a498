/** The annotations that begin with {@code adit.dev/}, one class for each family. */
@NullMarked
package dev.adit.translate.annotation.adit;

import org.jspecify.annotations.NullMarked;
