package dev.adit.upstream;

import dev.adit.exchange.Upstream;
import dev.adit.exchange.Upstreams;
import dev.adit.overload.Claim;
import dev.adit.overload.FairShares;
import dev.adit.routing.upstream.UpstreamProtocol;
import dev.adit.upstream.http1.Http1UpstreamConnection;
import dev.adit.upstream.http2.Http2UpstreamConnection;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop to one endpoint. Of HTTP/1 the most recently used one is taken first; of HTTP/2 the
 * first one that has room. Where TLS decides on the version, the first connection tells which it is.
 */
final class UpstreamPool implements Upstreams.Pool, Http1UpstreamConnection.Owner, Http2UpstreamConnection.Owner {
    // With as many streams as exchanges may have a share of one endpoint.
    private static final int MAX_MULTIPLEXED = 8;

    private final Connector connector;
    private final Upstreams.Target target;
    private final FairShares shares;
    private final Deque<Http1UpstreamConnection> idle = new ArrayDeque<>();
    private final Set<Http1UpstreamConnection> single = new HashSet<>();
    private final List<Http2UpstreamConnection> multiplexed = new ArrayList<>();
    /** Those with a share that a connection has to be found for. */
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    private Version version;
    /** How many exchanges the endpoint takes on one connection of HTTP/2, as far as it has said so. */
    private int streams = Http2UpstreamConnection.MOST_STREAMS;

    private int open;
    private int opening;

    private record Waiting(Upstream.Waiter waiter, Claim claim, Optional<Duration> connectTimeout, long since) {}

    private enum Version {
        SINGLE,
        MULTIPLEXED,
        UNKNOWN
    }

    UpstreamPool(Connector connector, Upstreams.Target target, FairShares shares) {
        this.connector = connector;
        this.target = target;
        this.shares = shares;
        this.version = target.isUpgrade()
                ? Version.SINGLE
                : switch (target.protocol()) {
                    case HTTP1 -> Version.SINGLE;
                    case H2C -> Version.MULTIPLEXED;
                    case HTTPS -> Version.UNKNOWN;
                    case AS_CLIENT -> throw new IllegalArgumentException("it is not known by which client");
                };
    }

    @Override
    public boolean claim(Claim claim) {
        return shares.claim(claim);
    }

    @Override
    public void release(Claim claim) {
        shares.release(claim);
    }

    @Override
    public void connect(Upstream.Waiter waiter, Claim claim, Optional<Duration> connectTimeout) {
        var found = available(waiter);
        if (found != null) {
            waiter.connected(found);
            return;
        }
        var next = new Waiting(waiter, claim, connectTimeout, System.nanoTime());
        if (mayOpen()) {
            open(next);
        } else {
            waiting.add(next);
        }
    }

    private @Nullable Upstream available(Upstream.Waiter waiter) {
        for (var found = idle.pollLast(); found != null; found = idle.pollLast()) {
            if (found.isUsable()) {
                return found.begin(waiter.events());
            }
        }
        for (var connection : multiplexed) {
            if (connection.hasRoom()) {
                return connection.begin(waiter.events());
            }
        }
        return null;
    }

    private boolean mayOpen() {
        return switch (version) {
            case SINGLE -> true; // the shares are the limit
            // One that is about to stand has room for those who wait for it. A retired one takes nobody's place.
            case MULTIPLEXED -> multiplexed.size() + opening < MAX_MULTIPLEXED && waiting.size() >= opening * streams;
            case UNKNOWN -> open == 0;
        };
    }

    private void open(Waiting next) {
        open++;
        opening++;
        connector.open(target, next.connectTimeout(), new Connector.Result() {
            @Override
            public void opened(Channel channel, boolean isHttp2) {
                opening--;
                if (isHttp2) {
                    multiplexed(channel, next);
                } else {
                    single(channel, next);
                }
            }

            @Override
            public void failed(Throwable cause) {
                opening--;
                open--;
                next.waiter().connectFailed(cause); // which gives back the share
                failWaiting(cause);
            }
        });
    }

    private void single(Channel channel, Waiting next) {
        var connection = new Http1UpstreamConnection(channel, this, connector.decoder(), connector.codecs());
        single.add(connection);
        if (next.waiter().isWaiting()) {
            next.waiter().connected(connection.begin(next.waiter().events()));
        } else {
            idle.addLast(connection); // nobody waits any more
            dropped(next);
        }
        version = Version.SINGLE; // an endpoint may come back with another version than it had
        openForWaiting();
    }

    private void multiplexed(Channel channel, Waiting next) {
        version = Version.MULTIPLEXED;
        channel.closeFuture().addListener(_ -> ended());
        var secure = target.protocol() == UpstreamProtocol.HTTPS;
        var connection =
                new Http2UpstreamConnection(channel, this, secure, streams, connector.limits(), connector.allowance());
        multiplexed.add(connection);
        if (next.waiter().isWaiting()) {
            next.waiter().connected(connection.begin(next.waiter().events()));
        } else {
            dropped(next);
        }
        hasRoom(connection);
        openForWaiting();
    }

    /** They would wait for the very same endpoint: each of them may find a better one. */
    private void failWaiting(Throwable cause) {
        if (opening > 0 || !multiplexed.isEmpty()) {
            return; // for a connection that will have room
        }
        for (var next = nextWaiting(); next != null; next = nextWaiting()) {
            next.waiter().connectFailed(cause);
        }
    }

    /** Who has gone meanwhile could not give back the share itself. */
    private void dropped(Waiting gone) {
        shares.release(gone.claim());
    }

    @Override
    public void idle(Http1UpstreamConnection connection) {
        idle.addLast(connection);
    }

    @Override
    public void closed(Http1UpstreamConnection connection) {
        idle.remove(connection);
        single.remove(connection);
        ended();
    }

    @Override
    public void hasRoom(Http2UpstreamConnection connection) {
        while (connection.hasRoom()) {
            var next = nextWaiting();
            if (next == null) {
                return;
            }
            next.waiter().connected(connection.begin(next.waiter().events()));
        }
    }

    /** The endpoint itself takes no more than so many exchanges at a time: more would wait unfairly, in this pool. */
    @Override
    public void allows(long exchanges) {
        streams = Math.max(1, (int) exchanges);
        shares.limit(MAX_MULTIPLEXED * exchanges);
    }

    @Override
    public void retired(Http2UpstreamConnection connection) {
        multiplexed.remove(connection);
    }

    private void ended() {
        open--;
        openForWaiting();
    }

    private void openForWaiting() {
        while (!waiting.isEmpty() && mayOpen()) {
            var next = nextWaiting();
            if (next != null) {
                open(next);
            }
        }
    }

    private @Nullable Waiting nextWaiting() {
        for (var next = waiting.pollFirst(); next != null; next = waiting.pollFirst()) {
            if (next.waiter().isWaiting()) {
                return next;
            }
            dropped(next);
        }
        return null;
    }

    /**
     * Ends what has been unused for too long, and refuses those that have waited for too long.
     *
     * @param keepAlive in nanoseconds
     * @param patience likewise, of those whose route has none of its own
     */
    void sweep(long now, long keepAlive, long patience) {
        List.copyOf(single).forEach(connection -> connection.sweep(now, keepAlive));
        List.copyOf(multiplexed).forEach(connection -> connection.sweep(now, keepAlive));
        shares.expire(now - patience);
        // A copy: who is answered may ask again.
        for (var next : List.copyOf(waiting)) {
            if (now - next.since()
                            > next.connectTimeout().map(Duration::toNanos).orElse(patience)
                    && waiting.remove(next)) {
                giveUp(next);
            }
        }
    }

    private void giveUp(Waiting late) {
        if (late.waiter().isWaiting()) {
            late.waiter().waitedInVain();
        } else {
            dropped(late);
        }
    }

    boolean isUnused() {
        return open == 0 && waiting.isEmpty() && shares.isUnused();
    }
}
