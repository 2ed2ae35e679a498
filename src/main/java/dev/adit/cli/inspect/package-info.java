/**
 * The commands that answer a question about a cluster or a folder: explain, check, diff, routes.
 */
@NullMarked
package dev.adit.cli.inspect;

import org.jspecify.annotations.NullMarked;
