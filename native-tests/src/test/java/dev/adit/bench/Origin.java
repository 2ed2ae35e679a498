package dev.adit.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** The upstream of every route: {@code /} answers a few bytes, {@code /large} 1 MiB, {@code /upload} when it has read all. */
public final class Origin implements AutoCloseable {
    public static final int LARGE = 1 << 20;

    private final HttpServer server;

    private Origin(HttpServer server) {
        this.server = server;
    }

    /** At an address that is not loopback, which the API refuses as an endpoint. */
    public static Origin listen(String address) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
        var server = HttpServer.create(new InetSocketAddress(address, 0), 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(exchange, new byte[100]));
        server.createContext("/upload", exchange -> {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            answer(exchange, new byte[100]);
        });
        var large = new byte[LARGE];
        server.createContext("/large", exchange -> answer(exchange, large));
        server.start();
        return new Origin(server);
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
