package dev.adit.kube.dns;

import dev.adit.supervision.Tasks;
import io.netty.buffer.ByteBufHolder;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramChannel;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** DNS over UDP, by the name servers of this machine: A and AAAA, and the aliases before them. */
public final class DnsLookup implements Lookup {
    private static final int MAX_QUERIES = 16;
    private static final int TIMEOUT_MILLIS = 2_000;

    private final EventLoop loop;
    private final DnsNameResolver resolver;

    /**
     * On one event loop.
     *
     * @param sockets of the kind of that loop
     * @param servers whom to ask
     */
    public DnsLookup(EventLoop loop, ChannelFactory<DatagramChannel> sockets, DnsServerAddressStreamProvider servers) {
        this.loop = loop;
        this.resolver = new DnsNameResolverBuilder(loop)
                .datagramChannelFactory(sockets)
                .nameServerProvider(servers)
                .queryTimeoutMillis(TIMEOUT_MILLIS)
                .maxQueriesPerResolve(MAX_QUERIES)
                .build();
    }

    @Override
    public void ask(String name, Consumer<Answer> answered) {
        // With its last dot, so that it is looked for in no search domain.
        var absolute = name.endsWith(".") ? name : name + ".";
        loop.execute(Tasks.guarded(
                "The lookup of " + name,
                () -> {
                    var found = new Found();
                    ask(
                            absolute,
                            DnsRecordType.A,
                            found,
                            () -> ask(absolute, DnsRecordType.AAAA, found, () -> answered.accept(found.answer())));
                },
                () -> answered.accept(new Answer.Failure("the lookup failed"))));
    }

    private void ask(String name, DnsRecordType type, Found found, Runnable next) {
        DefaultDnsQuestion question;
        try {
            question = new DefaultDnsQuestion(name, type);
        } catch (IllegalArgumentException e) {
            found.failure = "it is no name of DNS: " + e.getMessage();
            next.run();
            return;
        }
        resolver.resolveAll(question).addListener((Future<List<DnsRecord>> done) -> {
            if (done.isSuccess()) {
                done.getNow().forEach(dnsRecord -> found.add(dnsRecord, type));
            } else {
                found.failure = String.valueOf(done.cause().getMessage());
            }
            next.run();
        });
    }

    @Override
    public void after(Duration pause, Runnable task) {
        var _ = loop.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        resolver.close();
    }

    private static final class Found {
        private final List<InetAddress> addresses = new ArrayList<>();
        private long ttl = Long.MAX_VALUE;
        private String failure = "it has no address";

        void add(DnsRecord dnsRecord, DnsRecordType type) {
            try {
                if (dnsRecord.type().equals(type) && dnsRecord instanceof ByteBufHolder raw) {
                    addresses.add(InetAddress.getByAddress(ByteBufUtil.getBytes(raw.content())));
                    ttl = Math.min(ttl, dnsRecord.timeToLive());
                }
            } catch (UnknownHostException _) {
                failure = "its address is of no known length";
            } finally {
                ReferenceCountUtil.release(dnsRecord);
            }
        }

        Answer answer() {
            return addresses.isEmpty()
                    ? new Answer.Failure(failure)
                    : new Answer.Addresses(List.copyOf(addresses), Duration.ofSeconds(ttl));
        }
    }
}
