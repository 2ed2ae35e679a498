/**
 * The Gateway API: what its objects mean. Pure.
 */
@NullMarked
package dev.adit.translate.gateway;

import org.jspecify.annotations.NullMarked;
