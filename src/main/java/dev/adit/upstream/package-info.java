/**
 * The pools of connections to endpoints, one for each endpoint and event loop.
 */
@NullMarked
package dev.adit.upstream;

import org.jspecify.annotations.NullMarked;
