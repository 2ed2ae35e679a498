/**
 * Makes records of the objects of the API. Certificates are parsed here, once.
 */
@NullMarked
package dev.adit.kube.convert;

import org.jspecify.annotations.NullMarked;
