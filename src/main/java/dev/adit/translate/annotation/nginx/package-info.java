/**
 * The annotations of ingress-nginx, one class for each family, with the defaults that hold without any.
 */
@NullMarked
package dev.adit.translate.annotation.nginx;

import org.jspecify.annotations.NullMarked;
