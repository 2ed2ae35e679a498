package dev.adit.demo;

import com.sun.net.httpserver.HttpExchange;
import dev.adit.demo.SampleApplication.Reply;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells a quote at {@code /quote}, each time the next one. */
final class Quote implements SampleApplication.Answer {
    private static final List<String> QUOTES = List.of(
            "The way in is also the way out; mind what you leave open.",
            "A door that explains why it is shut is half a guide.",
            "Nobody thanks the bridge that never closed for repairs.",
            "Small gates guard large fields.",
            "What never reloads never forgets whom it was serving.");

    private final AtomicInteger next = new AtomicInteger();
    private final String pod;

    Quote(String pod) {
        this.pod = pod;
    }

    @Override
    public Reply to(HttpExchange exchange) {
        return switch (exchange.getRequestURI().getPath()) {
            case "/quote", "/" ->
                Reply.text(200, QUOTES.get(Math.floorMod(next.getAndIncrement(), QUOTES.size())) + "\n");
            default -> Reply.text(404, pod + ": ask for /quote\n");
        };
    }
}
