package dev.adit.kube.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.kube.EndpointSlice;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Service;
import dev.adit.kube.source.SnapshotSource;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The endpoints of ExternalName Services, by a real name server. */
class ExternalNamesTest {
    private static final ObjectKey PARTNER = new ObjectKey("shop", "partner");
    private static final ObjectKey LOCAL = new ObjectKey("shop", "local");

    private final EventLoopGroup loops = new NioEventLoopGroup(1);
    private final NameServer server = new NameServer(loops);
    private ExternalNames names;

    @BeforeEach
    void start() {
        server.knows("partner.test", "192.0.2.2", "192.0.2.1", "2001:db8::1");
        server.knows("local.test", "127.0.0.1", "169.254.169.254", "::1");
        var lookup = new DnsLookup(
                loops.next(), NioDatagramChannel::new, new SingletonDnsServerAddressStreamProvider(server.address()));
        var source = new Fixed(KubeSnapshot.of(
                Stream.of(external(PARTNER, "partner.test"), external(LOCAL, "local.test")), Set.of(), List.of()));
        names = new ExternalNames(source, lookup, _ -> Set.of(PARTNER, LOCAL), Duration.ofMillis(50));
        names.start(() -> {});
        await().until(names::isSynced);
    }

    @AfterEach
    void close() {
        names.close();
        server.close();
        var _ = loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS);
    }

    @Test
    void a_name_has_the_addresses_that_dns_gives_it_for_every_port() {
        assertThat(addresses(PARTNER)).containsExactlyInAnyOrder("192.0.2.1", "192.0.2.2", "2001:db8:0:0:0:0:0:1");
        assertThat(names.snapshot().slicesOf(PARTNER).getFirst().ports())
                .containsExactly(EndpointSlice.Port.UNRESTRICTED);
        assertThat(failure(PARTNER)).isEmpty();
    }

    @Test
    void a_name_is_asked_for_again_when_its_time_is_up() {
        var _ = names.takeChanges();
        server.knows("partner.test", "192.0.2.9");
        await().until(() -> addresses(PARTNER).equals(List.of("192.0.2.9")));
        assertThat(names.takeChanges()).isEqualTo(new SnapshotSource.Changes.Endpoints(Set.of(PARTNER)));
    }

    @Test
    void what_was_found_stays_while_dns_fails() {
        server.fails();
        await().until(() -> failure(PARTNER).isPresent());
        assertThat(addresses(PARTNER)).hasSize(3);
        assertThat(failure(PARTNER).orElseThrow()).startsWith("cannot be resolved: ");
    }

    @Test
    void a_name_that_leads_to_this_machine_or_its_link_is_refused() {
        assertThat(addresses(LOCAL)).isEmpty();
        assertThat(failure(LOCAL).orElseThrow()).contains("127.0.0.1").contains("refused");
    }

    @Test
    void what_is_no_name_of_dns_is_told_and_keeps_nobody_waiting() {
        for (var wrong : List.of("a".repeat(64) + ".test", "a b/..", "", "192.0.2.1", "a..test", "-a.test")) {
            var source = new Fixed(KubeSnapshot.of(Stream.of(external(PARTNER, wrong)), Set.of(), List.of()));
            var lookup = new DnsLookup(
                    loops.next(),
                    NioDatagramChannel::new,
                    new SingletonDnsServerAddressStreamProvider(server.address()));
            try (var one = new ExternalNames(source, lookup, _ -> Set.of(PARTNER), Duration.ofMillis(50))) {
                one.start(() -> {});
                assertThat(one.isSynced()).as(wrong).isTrue();
                assertThat(one.snapshot()
                                .find(Service.KIND, PARTNER)
                                .orElseThrow()
                                .external()
                                .orElseThrow()
                                .failure())
                        .contains("is no name of DNS; an address belongs into an EndpointSlice");
            }
        }
    }

    private List<String> addresses(ObjectKey service) {
        return names.slicesOf(service).getFirst().endpoints().stream()
                .flatMap(endpoint -> endpoint.addresses().stream())
                .toList();
    }

    private Optional<String> failure(ObjectKey service) {
        return names.snapshot()
                .find(Service.KIND, service)
                .flatMap(Service::external)
                .flatMap(Service.External::failure);
    }

    private static Service external(ObjectKey key, String name) {
        var external = new Service.External(name, Optional.empty());
        return new Service(key, Service.EXTERNAL_NAME, "", false, List.of(), List.of(), Optional.of(external));
    }

    private record Fixed(KubeSnapshot snapshot) implements SnapshotSource {
        @Override
        public void start(Runnable changed) {}

        @Override
        public boolean isSynced() {
            return true;
        }

        @Override
        public Changes takeChanges() {
            return new Changes.Endpoints(Set.of());
        }

        @Override
        public void close() {}
    }
}
