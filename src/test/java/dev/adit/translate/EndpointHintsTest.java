package dev.adit.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.kube.EndpointSlice;
import dev.adit.kube.EndpointSlice.Condition;
import dev.adit.kube.Ingress;
import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Service;
import dev.adit.translate.assembly.Assembler;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Services that keep their traffic near (KEP-2433, KEP-4444). */
class EndpointHintsTest {
    private static final ObjectKey WEB = new ObjectKey("ns", "web");

    @Test
    void endpoints_meant_for_this_zone_are_the_ones_as_long_as_all_have_hints() {
        var west = endpoint("10.0.0.1", Set.of("west"), Set.of());
        var east = endpoint("10.0.0.2", Set.of("east"), Set.of());
        var anywhere = endpoint("10.0.0.3", Set.of(), Set.of());
        assertThat(chosen(new Placement("west", ""), west, east)).containsExactly("10.0.0.1:80");
        assertThat(chosen(new Placement("north", ""), west, east)).containsExactly("10.0.0.1:80", "10.0.0.2:80");
        assertThat(chosen(Placement.UNKNOWN, west, east)).containsExactly("10.0.0.1:80", "10.0.0.2:80");
        assertThat(chosen(new Placement("west", ""), west, east, anywhere)).hasSize(3);
    }

    @Test
    void endpoints_meant_for_this_node_come_before_those_of_the_zone() {
        var here = endpoint("10.0.0.1", Set.of("west"), Set.of("n1"));
        var near = endpoint("10.0.0.2", Set.of("west"), Set.of("n2"));
        assertThat(chosen(new Placement("west", "n1"), here, near)).containsExactly("10.0.0.1:80");
        assertThat(chosen(new Placement("west", "n3"), here, near)).hasSize(2);
    }

    private static EndpointSlice.Endpoint endpoint(String address, Set<String> zones, Set<String> nodes) {
        return new EndpointSlice.Endpoint(List.of(address), Condition.READY, zones, nodes);
    }

    private static List<String> chosen(Placement location, EndpointSlice.Endpoint... endpoints) {
        var slice = new EndpointSlice(WEB, WEB, List.of(new EndpointSlice.Port("", 80)), List.of(endpoints));
        var service =
                new Service(WEB, "", "", false, List.of(new Service.Port("", 80, "")), List.of(), Optional.empty());
        var backend = new Ingress.Backend.Service("web", new Ingress.Port.Numbered(80));
        var ingress = new Ingress(
                WEB,
                "",
                Instant.EPOCH,
                Optional.of("adit"),
                Optional.empty(),
                Optional.of(backend),
                List.of(),
                List.of(),
                false,
                Map.of(),
                List.of());
        var ours = IngressClass.of("adit", TranslationOptions.CONTROLLER, true);
        var snapshot = KubeSnapshot.of(Stream.of(ours, service, slice, ingress), Set.of(), List.of());
        var options = new TranslationOptions(
                "adit",
                Optional.empty(),
                false,
                location,
                TranslationOptions.NAMESPACE,
                false,
                TranslationOptions.MAX_TARGET,
                false,
                TranslationOptions.IngressNginx.NONE,
                Optional.empty(),
                GatewayPorts.SHARED,
                StreamServices.NONE);
        var tables = new Assembler(options).translate(snapshot, Instant.EPOCH).endpoints();
        return tables.endpoints().values().stream()
                .flatMap(List::stream)
                .map(Object::toString)
                .toList();
    }
}
