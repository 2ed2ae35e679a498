package dev.adit.delegate;

import dev.adit.http.FieldRules;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/** Tells the upstream who asked and how: from what the socket says, or what a trusted proxy said before. */
final class ForwardedFields {
    private static final CharSequence FOR = HttpHeaders.createOptimized("x-forwarded-for");
    private static final CharSequence PROTO = HttpHeaders.createOptimized("x-forwarded-proto");
    private static final CharSequence HOST = HttpHeaders.createOptimized("x-forwarded-host");
    private static final CharSequence PORT = HttpHeaders.createOptimized("x-forwarded-port");
    private static final CharSequence REAL_IP = HttpHeaders.createOptimized("x-real-ip");
    private static final CharSequence VIA = HttpHeaders.createOptimized("via");

    private ForwardedFields() {}

    static void set(Exchange exchange, MultiMap fields) {
        var client = exchange.client();
        var authority = exchange.head().authority();
        // The upstream sees the authority that the client asked for, not the address of the pod.
        fields.set(HttpHeaders.HOST, authority);
        var before = client.isTrusted()
                ? String.join(", ", exchange.request().headers().getAll(FOR))
                : "";
        fields.set(FOR, before.isEmpty() ? client.address() : before + ", " + client.address());
        set(exchange, fields, REAL_IP, client.address());
        set(exchange, fields, PROTO, client.isSecure() ? "https" : "http");
        set(exchange, fields, HOST, authority);
        set(exchange, fields, PORT, Integer.toString(exchange.head().clientPort(client.isSecure())));
        fields.add(VIA, (exchange.isHttp2() ? "2 " : "1.1 ") + FieldRules.PSEUDONYM);
    }

    private static void set(Exchange exchange, MultiMap fields, CharSequence name, String own) {
        var said = exchange.client().isTrusted() ? exchange.request().headers().get(name) : null;
        fields.set(name, said == null ? own : said);
    }
}
