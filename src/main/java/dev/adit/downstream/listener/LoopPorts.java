package dev.adit.downstream.listener;

import dev.adit.routing.PortUse;
import io.vertx.core.Future;
import io.vertx.core.impl.ContextInternal;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/** The servers of one event loop for the ports of {@link OpenPorts}. It is used by that loop only. */
final class LoopPorts {
    private final ContextInternal context;
    private final BiFunction<Integer, PortUse, ProxyServer> factory;
    private final Map<Integer, ProxyServer> servers = new HashMap<>();

    /**
     * Without any.
     *
     * @param factory makes the server of a port
     */
    LoopPorts(ContextInternal context, BiFunction<Integer, PortUse, ProxyServer> factory) {
        this.context = context;
        this.factory = factory;
    }

    Future<Void> open(int port, PortUse use) {
        var server = factory.apply(port, use);
        servers.put(port, server);
        return server.listen().<Void>mapEmpty().onFailure(_ -> {
            servers.remove(port, server);
            // One that never listened stays there for ever, and there may be one every few seconds.
            context.removeCloseHook(server);
        });
    }

    /** Takes no more connections; completes when there is none. */
    Future<Void> end(int port) {
        var server = servers.get(port);
        return server == null ? Future.succeededFuture() : server.end();
    }

    void resume(int port) {
        var server = servers.get(port);
        if (server != null) {
            server.resume();
        }
    }

    Future<Void> close(int port) {
        var server = servers.remove(port);
        return server == null ? Future.succeededFuture() : server.close();
    }
}
