/** The services that ingress-nginx passes whole connections to, by the ConfigMaps of its command line. */
@NullMarked
package dev.adit.translate.stream;

import org.jspecify.annotations.NullMarked;
