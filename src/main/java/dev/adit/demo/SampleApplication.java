package dev.adit.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One of the sample applications, listening. */
public final class SampleApplication implements AutoCloseable {

    /** The applications of the kiada suite, and the one that answers what nothing else does. */
    public enum Name {
        KIADA,
        QUOTE,
        QUIZ,
        FUN404
    }

    /** What a request gets. */
    record Reply(int status, String contentType, String body) {
        static Reply text(int status, String body) {
            return new Reply(status, "text/plain; charset=utf-8", body);
        }

        static Reply json(String body) {
            return new Reply(200, "application/json", body);
        }

        static Reply html(String body) {
            return new Reply(200, "text/html; charset=utf-8", body);
        }
    }

    /** How an application answers; it may block. */
    @FunctionalInterface
    interface Answer {
        Reply to(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads;

    private SampleApplication(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Binds and starts to answer.
     *
     * @param pod the name that the application shows as its own
     */
    public static SampleApplication start(Name name, InetSocketAddress address, String pod, Peers peers)
            throws IOException {
        var answer = switch (name) {
            case KIADA -> new Kiada(pod, peers);
            case QUOTE -> new Quote(pod);
            case QUIZ -> new Quiz(pod);
            case FUN404 -> new Fun404(pod);
        };
        var server = HttpServer.create(address, 0);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/", exchange -> respond(exchange, answer, name, pod));
        server.start();
        return new SampleApplication(server, threads);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private static void respond(HttpExchange exchange, Answer answer, Name name, String pod) throws IOException {
        try (exchange) {
            // A server that closes on an unread body resets the connection, and its answer may be lost with it.
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            var reply = exchange.getRequestURI().getPath().equals("/healthz")
                    ? Reply.text(200, "ok\n")
                    : answer.to(exchange);
            var body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", reply.contentType());
            exchange.getResponseHeaders().set("X-Application", name.name().toLowerCase(Locale.ROOT));
            exchange.getResponseHeaders().set("X-Pod", pod);
            var head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(reply.status(), head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }
}
