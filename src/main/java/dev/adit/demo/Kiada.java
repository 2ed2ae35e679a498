package dev.adit.demo;

import com.sun.net.httpserver.HttpExchange;
import dev.adit.demo.SampleApplication.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    Kiada(String pod, Peers peers) {
        this.pod = pod;
        this.peers = peers;
    }

    @Override
    public Reply to(HttpExchange exchange) throws InterruptedException {
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

    private String ask(URI uri) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? response.body() : uri + " answered " + response.statusCode();
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
