/**
 * Runs interceptors of the user's own. Their routes take a detour by a loopback server of Vert.x and its HttpProxy.
 */
@NullMarked
package dev.adit.extension;

import org.jspecify.annotations.NullMarked;
