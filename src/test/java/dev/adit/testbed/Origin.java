package dev.adit.testbed;

import io.vertx.core.Vertx;

/** An endpoint that answers with its name, and with what it was asked for: {@code web HTTP_1_1 GET a.test /x}. */
public final class Origin implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final int port;

    private Origin(String name, EndpointVersion version) throws Exception {
        var server = vertx.createHttpServer(version.server())
                .requestHandler(request -> request.response()
                        .end(String.join(
                                " ",
                                name,
                                request.version().name(),
                                request.method().name(),
                                request.authority().toString(),
                                request.uri())));
        port = Wire.await(server.listen(0, "127.0.0.1")).actualPort();
    }

    /** Of HTTP/1.1 in plain text. */
    public static Origin named(String name) throws Exception {
        return named(name, EndpointVersion.HTTP1);
    }

    public static Origin named(String name, EndpointVersion version) throws Exception {
        return new Origin(name, version);
    }

    public int port() {
        return port;
    }

    @Override
    public void close() throws Exception {
        Wire.await(vertx.close());
    }
}
