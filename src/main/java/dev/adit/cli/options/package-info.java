/**
 * The options of the modes that serve, each of them an environment variable too. Produces the static settings.
 */
@NullMarked
package dev.adit.cli.options;

import org.jspecify.annotations.NullMarked;
