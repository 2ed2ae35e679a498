package dev.adit.tls;

import dev.adit.routing.Certificate;
import dev.adit.routing.Hostname;
import dev.adit.routing.RoutingTable;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * BoringSSL, with a context for each host of the certificate table and for each host that asks clients for certificates. A
 * ticket is good in the context that made it, and in no other: no session is resumed with another host, nor past what its own
 * host asks of clients by now (the class of CVE-2025-23419).
 */
final class BoringSsl implements ServerTls {
    // 11 kB each, with the key in its parsed form.
    private static final int MOST_CONTEXTS = 2_000;

    private final Supplier<CertificateTable> table;
    private final BoringSslContexts factory;
    // By the last use. The lock is held for as long as it takes to find one, or to make one.
    private final Map<Key, Held> contexts = new LinkedHashMap<>(16, 0.75f, true);
    private @Nullable RoutingTable seen;

    /**
     * What has a context of its own.
     *
     * @param by the host of the certificate; none for the default certificate
     * @param serverName of the one host that asks its clients for a certificate, else empty
     */
    private record Key(Optional<Hostname> by, String serverName, ClientAuth clients) {
        // By hand, as those of ObjectKey: it is looked up with every handshake.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key
                    && clients == key.clients
                    && by.equals(key.by)
                    && serverName.equals(key.serverName);
        }

        @Override
        public int hashCode() {
            return 31 * by.hashCode() + serverName.hashCode();
        }
    }

    /** A context, and what it was made for. */
    private record Held(List<Certificate> certificates, Set<X509Certificate> authorities, SslContext context) {
        // The first look is cheap, and nearly always enough.
        @SuppressWarnings("ReferenceEquality")
        boolean isFor(List<Certificate> those, Set<X509Certificate> judges) {
            return (certificates == those || certificates.equals(those))
                    && (authorities == judges || authorities.equals(judges));
        }
    }

    BoringSsl(Supplier<CertificateTable> table, ClientTrust trust) {
        this.table = table;
        this.factory = new BoringSslContexts(trust);
    }

    @Override
    public String name() {
        return "BoringSSL";
    }

    /** Vert.x is not asked for a context: the handlers are made here. */
    @Override
    public SSLEngineOptions engineOptions() {
        return new Foreign();
    }

    @Override
    public SslHandler handler(Handshake handshake, Supplier<SslHandler> byListener) {
        var context = held(handshake);
        try {
            var handler = context.newHandler(PooledByteBufAllocator.DEFAULT);
            handshake.demand(handler.engine());
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

    /** How many there are. */
    int size() {
        synchronized (contexts) {
            return contexts.size();
        }
    }

    /** A context that is held for whoever asks. */
    private SslContext held(Handshake handshake) {
        var now = table.get();
        var found = now.find(handshake.serverName());
        var asksClients = handshake.clients() != ClientAuth.NONE;
        var key =
                new Key(found.by(), asksClients ? Hostname.normalize(handshake.serverName()) : "", handshake.clients());
        synchronized (contexts) {
            release(now);
            var held = contexts.get(key);
            if (held == null || !held.isFor(found.certificates(), handshake.authorities())) {
                held = new Held(found.certificates(), handshake.authorities(), factory.make(found.certificates()));
                release(contexts.put(key, held));
                bound();
            }
            return ReferenceCountUtil.retain(held.context());
        }
    }

    /** Lets go of the hosts that a new table has no more: what they hold is no memory of the JVM. */
    @SuppressWarnings("ReferenceEquality") // tables are large
    private void release(CertificateTable now) {
        if (seen == now.source()) {
            return;
        }
        seen = now.source();
        contexts.entrySet().removeIf(entry -> {
            var isGone = entry.getKey().by().filter(by -> !now.has(by)).isPresent();
            if (isGone) {
                release(entry.getValue());
            }
            return isGone;
        });
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

    private static final class Foreign extends SSLEngineOptions {
        @Override
        public Foreign copy() {
            return this;
        }

        @Override
        public SslContextFactory sslContextFactory() {
            throw new IllegalStateException("the handlers of connections are made elsewhere");
        }
    }
}
