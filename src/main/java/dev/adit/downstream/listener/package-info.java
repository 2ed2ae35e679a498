/**
 * Accepts connections, reads the PROXY header and the server name, and hands each connection to its version of HTTP.
 * Connections whose bytes pass unread are passed on here.
 */
@NullMarked
package dev.adit.downstream.listener;

import org.jspecify.annotations.NullMarked;
