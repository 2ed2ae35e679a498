/**
 * Reads the state of the controller. Produces health, meters and the routing table as text, on the management port only.
 */
@NullMarked
package dev.adit.admin;

import org.jspecify.annotations.NullMarked;
