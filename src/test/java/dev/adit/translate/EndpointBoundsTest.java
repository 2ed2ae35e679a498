package dev.adit.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.kube.EndpointSlice;
import dev.adit.kube.EndpointSlice.Condition;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem;
import dev.adit.kube.Problem.Reason;
import dev.adit.kube.Service;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.translate.endpoints.EndpointCollector;
import dev.adit.translate.endpoints.EndpointProblems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What slices may say, and how much of it. */
class EndpointBoundsTest {
    private static final ObjectKey WEB = new ObjectKey("ns", "web");

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536, 99_999, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void an_endpoint_of_a_port_that_cannot_be_is_left_out_and_told(int number) {
        var wrong = slice("wrong", List.of(new EndpointSlice.Port("http", number)), List.of("192.0.2.1"));
        var right = slice("right", List.of(new EndpointSlice.Port("http", 8080)), List.of("192.0.2.2"));
        assertThat(endpoints(List.of(wrong, right), "http")).containsExactly("192.0.2.2:8080");
        assertThat(problems(List.of(wrong, right))).singleElement().satisfies(problem -> {
            assertThat(problem.reason()).isEqualTo(Reason.PORT_INVALID);
            assertThat(problem.object().name()).isEqualTo("wrong");
            assertThat(problem.message()).contains(Integer.toString(number), "1 to 65535");
        });
    }

    @Test
    void an_address_of_any_length_is_left_out_and_told() {
        var slice = slice("s", List.of(new EndpointSlice.Port("", 80)), List.of("1".repeat(1_000_000)));
        assertThat(endpoints(List.of(slice), "")).isEmpty();
        assertThat(problems(List.of(slice))).extracting(Problem::reason).containsExactly(Reason.ADDRESS_INVALID);
    }

    @Test
    void endpoints_beyond_those_of_one_service_are_left_out_the_same_ones_each_time() {
        var ports = List.of(new EndpointSlice.Port("http", 80));
        var slices = new ArrayList<>(IntStream.range(0, 25)
                .mapToObj(i -> slice("s" + (char) ('a' + i), ports, addresses(i, 1_000)))
                .toList());
        var found = endpoints(slices, "http");
        assertThat(found).hasSize(20_000);
        java.util.Collections.reverse(slices);
        assertThat(endpoints(slices, "http")).isEqualTo(found);
        assertThat(problems(slices)).extracting(Problem::reason).containsExactly(Reason.TOO_LARGE);
    }

    @Test
    void the_ports_of_a_service_share_its_endpoints_since_memory_is_for_the_product() {
        var ports = IntStream.range(0, 1_000)
                .mapToObj(i -> new EndpointSlice.Port("p" + i, 1_000 + i))
                .toList();
        var slice = slice("s", ports, addresses(0, 10_000));
        assertThat(endpoints(List.of(slice), "p7")).hasSize(200);
        assertThat(endpoints(List.of(slice("s", ports.subList(0, 2), addresses(0, 10_000))), "p1"))
                .hasSize(10_000);
    }

    @Test
    void a_slice_that_cannot_be_read_takes_no_endpoint_from_another() {
        var failing =
                new EndpointSlice(new ObjectKey("ns", "a"), WEB, List.of(new EndpointSlice.Port("", 80)), failing());
        var other = slice("b", List.of(new EndpointSlice.Port("", 80)), List.of("192.0.2.2"));
        var collector = new EndpointCollector(_ -> List.of(failing, other), Placement.UNKNOWN);
        var upstream = new UpstreamId("ns", "web", "", 80);
        assertThat(collector.collect(List.of(upstream)).get(upstream)).hasSize(1);
        assertThat(collector.failures()).containsOnlyKeys(failing.key());
        assertThat(problems(List.of(failing, other)))
                .extracting(Problem::reason)
                .containsExactly(Reason.UNREADABLE);
    }

    private static List<EndpointSlice.Endpoint> failing() {
        return new java.util.AbstractList<>() {
            @Override
            public EndpointSlice.Endpoint get(int index) {
                throw new StackOverflowError();
            }

            @Override
            public int size() {
                return 1;
            }
        };
    }

    private static List<String> addresses(int block, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "10." + block + "." + i / 250 + "." + (i % 250 + 1))
                .toList();
    }

    private static EndpointSlice slice(String name, List<EndpointSlice.Port> ports, List<String> addresses) {
        var endpoints = addresses.stream()
                .map(address -> new EndpointSlice.Endpoint(List.of(address), Condition.READY, Set.of(), Set.of()))
                .toList();
        return new EndpointSlice(new ObjectKey("ns", name), WEB, ports, endpoints);
    }

    private static List<String> endpoints(List<EndpointSlice> slices, String port) {
        var upstream = new UpstreamId("ns", "web", port, 80);
        var found = new EndpointCollector(_ -> slices, Placement.UNKNOWN).collect(List.of(upstream));
        return found.getOrDefault(upstream, List.of()).stream()
                .map(Object::toString)
                .toList();
    }

    private static List<Problem> problems(List<EndpointSlice> slices) {
        var service =
                new Service(WEB, "", "", false, List.of(new Service.Port("http", 80, "")), List.of(), Optional.empty());
        var problems = new Problems();
        var snapshot = KubeSnapshot.of(Stream.concat(Stream.of(service), slices.stream()), Set.of(), List.of());
        new EndpointProblems(snapshot, problems).find(WEB);
        return problems.all();
    }
}
