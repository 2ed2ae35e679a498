package dev.adit.downstream.listener;

import io.vertx.core.Future;
import java.net.BindException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The listeners of Gateways on ports of their own, on one event loop. They come and go with the routing table, and cut nobody: one that
 * goes takes no more connections, and is closed when its last one has ended.
 */
final class OpenPorts {
    private final BiFunction<Integer, Boolean, ProxyServer> factory;
    private final Map<Integer, Open> open = new HashMap<>();
    private Map<Integer, Boolean> wanted = Map.of();

    private record Open(ProxyServer server, boolean isSecure, Future<?> bound) {}

    /**
     * Without any.
     *
     * @param factory makes the server of a port, which ends TLS or does not
     */
    OpenPorts(BiFunction<Integer, Boolean, ProxyServer> factory) {
        this.factory = factory;
    }

    /**
     * Opens the ports that are wanted, and lets all others come to their end.
     *
     * @param ports and whether TLS ends there
     * @return fails if one of them cannot be opened; all others are
     */
    Future<?> follow(Map<Integer, Boolean> ports) {
        wanted = ports;
        open.forEach((port, one) -> {
            if (isWanted(port, one)) {
                one.server().resume();
            } else {
                one.server().end(() -> close(port, one));
            }
        });
        var bound = new ArrayList<Future<?>>();
        ports.forEach((port, isSecure) ->
                bound.add(open.computeIfAbsent(port, _ -> open(port, isSecure)).bound()));
        return Future.join(bound);
    }

    private boolean isWanted(int port, Open one) {
        return Boolean.valueOf(one.isSecure()).equals(wanted.get(port));
    }

    private Open open(int port, boolean isSecure) {
        var server = factory.apply(port, isSecure);
        var bound = server.listen()
                .recover(cause -> Future.failedFuture(
                        new BindException("cannot listen on port " + port + ": " + cause.getMessage())));
        var one = new Open(server, isSecure, bound);
        bound.onFailure(_ -> open.remove(port, one));
        return one;
    }

    /** Its last connection has ended, and none is waited for. */
    private void close(int port, Open one) {
        if (!isWanted(port, one)) {
            one.server().close().onComplete(_ -> {
                open.remove(port, one);
                follow(wanted); // it may be wanted again, or for another protocol
            });
        }
    }
}
