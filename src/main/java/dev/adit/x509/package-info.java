/**
 * Reads PEM text. Produces keys and certificates, and the certificate that stands in where none is given.
 */
@NullMarked
package dev.adit.x509;

import org.jspecify.annotations.NullMarked;
