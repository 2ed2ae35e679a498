package dev.adit.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/** Tells the upstream who asked and how, from what the socket says; what the client claimed has been removed. */
final class ForwardedFields {
    private static final CharSequence FOR = HttpHeaders.createOptimized("x-forwarded-for");
    private static final CharSequence PROTO = HttpHeaders.createOptimized("x-forwarded-proto");
    private static final CharSequence HOST = HttpHeaders.createOptimized("x-forwarded-host");
    private static final CharSequence PORT = HttpHeaders.createOptimized("x-forwarded-port");
    private static final CharSequence REAL_IP = HttpHeaders.createOptimized("x-real-ip");

    private ForwardedFields() {}

    static void set(Exchange exchange, MultiMap fields) {
        var client = exchange.clientAddress();
        var authority = exchange.head().authority();
        // The upstream sees the authority that the client asked for, not the address of the pod.
        fields.set(HttpHeaders.HOST, authority);
        fields.set(FOR, client);
        fields.set(REAL_IP, client);
        fields.set(PROTO, exchange.isSecure() ? "https" : "http");
        fields.set(HOST, authority);
        fields.set(PORT, Integer.toString(exchange.head().clientPort(exchange.isSecure())));
    }
}
