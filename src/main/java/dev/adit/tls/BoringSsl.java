package dev.adit.tls;

import dev.adit.routing.Certificate;
import dev.adit.routing.Hostname;
import dev.adit.routing.RoutingTable;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.net.SSLEngineOptions;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * BoringSSL, with a context for each host of the certificate table and for each host that asks clients for certificates. A
 * ticket is good in the context that made it, and in no other: no session is resumed with another host of {@code spec.tls},
 * nor past what its own host asks of clients by now (the class of CVE-2025-23419).
 */
final class BoringSsl implements ServerTls {
    // 11 kB each, with the key in its parsed form.
    private static final int MOST_CONTEXTS = 2_000;

    private final Function<Integer, CertificateTable> tables;
    // For hosts whose clients show what BoringSSL verifies for nobody.
    private final ServerTls jdk = new Jsse();
    // By the last use. The lock is held for as long as it takes to find one, or to make one.
    private final Map<Key, Held> contexts = new LinkedHashMap<>(16, 0.75f, true);
    private TicketKeys ticketKeys = TicketKeys.NONE; // behind the same lock

    /**
     * What has a context of its own.
     *
     * @param port of the routing table
     * @param by the host of the certificate; none for the default certificate
     * @param asking the host that asks its clients for a certificate, if it does
     * @param kinds of key, where the client can verify only some of those of the host
     * @param isForTunnel whether no application protocol is chosen
     */
    private record Key(
            Integer port,
            Optional<Hostname> by,
            Optional<Hostname> asking,
            Set<Handshake.Key> kinds,
            boolean isForTunnel) {
        // By hand, as those of ObjectKey: it is looked up with every handshake.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key
                    && port.equals(key.port)
                    && by.equals(key.by)
                    && asking.equals(key.asking)
                    && kinds.equals(key.kinds)
                    && isForTunnel == key.isForTunnel;
        }

        @Override
        public int hashCode() {
            return 31 * (31 * port + by.hashCode()) + asking.hashCode();
        }
    }

    /** A context, and what it was made for. */
    private record Held(List<Certificate> certificates, Set<X509Certificate> judges, SslContext context) {
        // The first look is cheap, and nearly always enough.
        @SuppressWarnings("ReferenceEquality")
        boolean isFor(List<Certificate> those, Set<X509Certificate> others) {
            return shows(those) && (judges == others || judges.equals(others));
        }

        @SuppressWarnings("ReferenceEquality")
        boolean shows(List<Certificate> those) {
            if (those.size() != certificates.size()) {
                return false;
            }
            for (var i = 0; i < those.size(); i++) {
                if (those.get(i) != certificates.get(i) && !those.get(i).equals(certificates.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    BoringSsl(Function<Integer, CertificateTable> tables) {
        this.tables = tables;
    }

    @Override
    public String name() {
        return "BoringSSL";
    }

    @Override
    public SSLEngineOptions engineOptions() {
        return jdk.engineOptions();
    }

    @Override
    public SslHandler handler(Handshake handshake, Supplier<SslHandler> byListener) {
        if (handshake.demand().filter(Handshake.Demand::takesEd25519).isPresent()) {
            return jdk.handler(handshake, byListener);
        }
        var context = held(handshake);
        try {
            var handler = context.newHandler(PooledByteBufAllocator.DEFAULT);
            handshake.ask(handler.engine());
            handler.handshakeFuture().addListener(done -> {
                // BoringSSL sends its tickets with its own flight, so that nothing answers the client's Finished. The
                // kernel
                // would hold its acknowledgement back for 40 ms, and a client without TCP_NODELAY its first request.
                if (done.getNow() instanceof EpollSocketChannel channel) {
                    channel.config().setTcpQuickAck(true);
                }
            });
            return handler;
        } finally {
            ReferenceCountUtil.release(context); // the engine has a hold of its own
        }
    }

    @Override
    public void close() {
        synchronized (contexts) {
            contexts.values().forEach(held -> ReferenceCountUtil.release(held.context()));
            contexts.clear();
        }
    }

    @Override
    public boolean encryptTickets(TicketKeys keys) {
        synchronized (contexts) {
            ticketKeys = keys;
            contexts.forEach((key, held) -> BoringSslContexts.encryptTickets(held.context(), keysOf(key, held)));
        }
        return true;
    }

    /** How many there are. */
    int size() {
        synchronized (contexts) {
            return contexts.size();
        }
    }

    /** What was rotated or has gone is no memory of the JVM: nobody else would give it back. */
    @Override
    public void refresh() {
        var now = new HashMap<Integer, CertificateTable>();
        synchronized (contexts) {
            contexts.entrySet().removeIf(entry -> {
                var ofPort = now.computeIfAbsent(entry.getKey().port(), tables);
                var served = entry.getKey().by().map(ofPort::of).orElseGet(ofPort::fallback);
                var isStale = !served.containsAll(entry.getValue().certificates());
                if (isStale) {
                    release(entry.getValue());
                }
                return isStale;
            });
        }
    }

    /** A context that is held for whoever asks. */
    private SslContext held(Handshake handshake) {
        var found = tables.apply(handshake.port()).find(handshake.serverName());
        var usable = handshake.usable(found.certificates());
        var judges = handshake.demand().map(Handshake.Demand::judges).orElse(Set.of());
        var kinds = usable.size() == found.certificates().size()
                ? Set.<Handshake.Key>of()
                : usable.stream().map(Handshake.Key::of).collect(Collectors.toSet());
        var key = new Key(
                handshake.port(),
                found.by(),
                handshake.demand().map(Handshake.Demand::host),
                kinds,
                handshake.isForTunnel());
        synchronized (contexts) {
            var held = contexts.get(key);
            if (held == null || !held.isFor(usable, judges)) {
                var context = BoringSslContexts.make(usable, judges, handshake.isForTunnel());
                held = new Held(usable, judges, context);
                BoringSslContexts.encryptTickets(context, keysOf(key, held));
                release(contexts.put(key, held));
                bound();
            }
            return ReferenceCountUtil.retain(held.context());
        }
    }

    private void bound() {
        if (contexts.size() > MOST_CONTEXTS) {
            var oldest = contexts.entrySet().iterator();
            release(oldest.next().getValue());
            oldest.remove();
        }
    }

    private static void release(@Nullable Held held) {
        if (held != null) {
            ReferenceCountUtil.release(held.context());
        }
    }

    private OpenSslSessionTicketKey[] keysOf(Key key, Held held) {
        var hosts = Stream.of(key.by(), key.asking())
                .map(host -> host.map(Hostname::toString).orElse(""));
        // Those of Ingresses are as they always were: a ticket outlives the process.
        var port = RoutingTable.isShared(key.port()) ? Stream.<String>of() : Stream.of("port " + key.port());
        var use = key.isForTunnel() ? Stream.of("tunnel") : Stream.<String>of();
        var names = Stream.of(hosts, port, use).flatMap(some -> some).toList();
        return ticketKeys.of(names, held.certificates(), held.judges());
    }
}
