package dev.adit.demo;

import com.sun.net.httpserver.HttpExchange;
import dev.adit.demo.SampleApplication.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A page with a quote and a question, which it asks of the other two applications. */
final class Kiada implements SampleApplication.Answer {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Pattern TEXT = Pattern.compile("\"text\":\"([^\"]*)\"");
    private static final Pattern ANSWERS = Pattern.compile("\"answers\":\\[\"(.*)\"\\]");

    private final String pod;
    private final Peers peers;
    private final String page = page();

    Kiada(String pod, Peers peers) {
        this.pod = pod;
        this.peers = peers;
    }

    @Override
    public Reply to(HttpExchange exchange) {
        if (!exchange.getRequestURI().getPath().equals("/")) {
            return Reply.text(404, pod + ": the page is at /\n");
        }
        var quote = ask(peers.quote().resolve("/quote"));
        var question = ask(peers.quiz().resolve("/questions/random"));
        var answers = first(ANSWERS, question, "").split("\",\"", -1);
        var choices = new StringBuilder();
        for (var answer : answers) {
            choices.append("<li>").append(escape(answer)).append("</li>");
        }
        var fields = exchange.getRequestHeaders();
        return Reply.html(page.replace("{{quote}}", escape(quote.strip()))
                .replace("{{question}}", escape(first(TEXT, question, question)))
                .replace("{{answers}}", choices)
                .replace("{{pod}}", escape(pod))
                .replace("{{host}}", escape(orDash(fields.getFirst("X-Forwarded-Host"))))
                .replace("{{proto}}", escape(orDash(fields.getFirst("X-Forwarded-Proto"))))
                .replace("{{client}}", escape(orDash(fields.getFirst("X-Forwarded-For")))));
    }

    private static String ask(URI uri) {
        try {
            // Not java.net.http: it is two megabytes of the binary, for this page alone.
            var connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout((int) PATIENCE.toMillis());
            connection.setReadTimeout((int) PATIENCE.toMillis());
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                return uri + " answered " + connection.getResponseCode();
            }
            try (var body = connection.getInputStream()) {
                return new String(body.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            return uri + " cannot be reached: " + e.getMessage();
        }
    }

    private static String first(Pattern pattern, String text, String otherwise) {
        var matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : otherwise;
    }

    private static String orDash(@Nullable String value) {
        return value == null ? "-" : value;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String page() {
        try (var in = Kiada.class.getResourceAsStream("/demo/kiada.html")) {
            if (in == null) {
                throw new IllegalStateException("the build left out demo/kiada.html");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
