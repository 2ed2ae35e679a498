package dev.adit.demo;

import com.sun.net.httpserver.HttpExchange;
import dev.adit.demo.SampleApplication.Reply;

/** The default backend: what nothing else takes comes here. */
final class Fun404 implements SampleApplication.Answer {
    private final String pod;

    Fun404(String pod) {
        this.pod = pod;
    }

    @Override
    public Reply to(HttpExchange exchange) {
        var host = exchange.getRequestHeaders().getFirst("Host");
        return Reply.text(
                404,
                "You dug in the wrong place: no Ingress knows " + host + ". This is " + pod
                        + ", the default backend.\n");
    }
}
