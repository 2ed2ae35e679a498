package dev.adit.downstream.listener;

import dev.adit.observe.Attempt;
import dev.adit.observe.Finished;
import dev.adit.observe.FinishedTunnel;
import dev.adit.observe.FinishedTunnel.Result;
import dev.adit.routing.Hostname;
import dev.adit.routing.Tunnel;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.upstream.http1.Splice;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What there is to tell of a connection that passes unread. */
final class Passage {
    private final Way way;
    private final String clientAddress;
    private final long begunAt = System.nanoTime();
    private final List<Attempt> earlier = new ArrayList<>(0);
    private long triedAt;
    private long connectedAt;
    private boolean isFailed;
    private @Nullable UpstreamId upstream;
    private @Nullable Endpoint endpoint;
    private @Nullable Channel taken;
    private long held;
    private @Nullable Splice sending;
    private @Nullable Splice receiving;

    /**
     * Where a connection goes.
     *
     * @param host the name that owns it
     */
    record Way(Tunnel tunnel, Hostname host) {}

    Passage(Way way, String clientAddress) {
        this.way = way;
        this.clientAddress = clientAddress;
    }

    void meantFor(UpstreamId service) {
        upstream = service;
    }

    /** An endpoint is tried, whose bytes come this way; the one before it has not taken the connection. */
    void tries(Endpoint tried, Splice bytes) {
        var now = System.nanoTime();
        if (endpoint != null && upstream != null) {
            earlier.add(new Attempt(upstream, endpoint, Finished.NO_STATUS, now - triedAt));
        }
        endpoint = tried;
        triedAt = now;
        sending = bytes;
    }

    /** No endpoint is left that could take it, or there was none. */
    void fails() {
        isFailed = true;
    }

    /**
     * An endpoint has taken it.
     *
     * @param sentAtOnce bytes that the client has sent before
     * @param bytes where those come that it sends from now on
     */
    void begins(Channel endpointsChannel, long sentAtOnce, Splice bytes) {
        connectedAt = System.nanoTime();
        taken = endpointsChannel;
        held = sentAtOnce;
        receiving = bytes;
    }

    /** Tells of it once both ends are closed. */
    void whenOver(Channel client, Consumer<FinishedTunnel> told) {
        var _ = client.closeFuture().addListener(_ -> {
            if (taken == null) {
                told.accept(finished());
            } else {
                var _ = taken.closeFuture().addListener(_ -> told.accept(finished()));
            }
        });
    }

    private FinishedTunnel finished() {
        return new FinishedTunnel(
                way.tunnel(),
                way.host(),
                clientAddress,
                upstream,
                endpoint,
                taken != null ? Result.PASSED : isFailed ? Result.FAILED : Result.CLIENT_GONE,
                List.copyOf(earlier),
                held + (receiving == null ? 0 : receiving.passed()),
                sending == null ? 0 : sending.passed(),
                taken == null ? 0 : connectedAt - triedAt,
                System.nanoTime() - begunAt);
    }
}
