package dev.adit.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.routing.upstream.Balancing;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.EndpointTable;
import dev.adit.routing.upstream.UpstreamId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BalancerTest {
    private static final UpstreamId WEB = new UpstreamId("ns", "web", "", 80);
    private static final Endpoint A = new Endpoint("10.0.0.1", 80);
    private static final Endpoint B = new Endpoint("10.0.0.2", 80);
    private static final Endpoint C = new Endpoint("10.0.0.3", 80);
    private static final List<Endpoint> ALL = List.of(A, B, C);

    private long now;
    private final Balancer balancer = new Balancer(() -> now);

    @Test
    void endpoints_take_turns() {
        var turns = IntStream.range(0, 6).mapToObj(_ -> choose(null)).toList();
        assertThat(turns.subList(0, 3)).containsExactlyInAnyOrder(A, B, C).isEqualTo(turns.subList(3, 6));
    }

    @Test
    void an_endpoint_that_has_failed_a_request_is_not_asked_again_for_it() {
        for (var i = 0; i < 6; i++) {
            assertThat(choose(B)).isNotEqualTo(B);
        }
        assertThat(balancer.choose(new Balancer.Question(WEB, new Balancing.RoundRobin(), List.of(B), null, B)))
                .isEqualTo(B);
    }

    @Test
    void five_refused_connections_in_a_row_leave_an_endpoint_out_for_ten_seconds_and_longer_each_time() {
        fail(A, 4);
        assertThat(chosen()).containsExactlyInAnyOrder(A, B, C);
        fail(A, 1);
        assertThat(chosen()).containsExactlyInAnyOrder(B, C);
        after(Duration.ofSeconds(9));
        assertThat(chosen()).containsExactlyInAnyOrder(B, C);
        after(Duration.ofSeconds(2));
        assertThat(chosen()).containsExactlyInAnyOrder(A, B, C);
        fail(A, 1);
        after(Duration.ofSeconds(19));
        assertThat(chosen()).containsExactlyInAnyOrder(B, C);
        after(Duration.ofSeconds(2));
        assertThat(chosen()).containsExactlyInAnyOrder(A, B, C);
    }

    @Test
    void one_connection_that_stands_makes_good_for_all_failures() {
        fail(A, 5);
        after(Duration.ofSeconds(11));
        balancer.connected(A);
        fail(A, 4);
        assertThat(chosen()).containsExactlyInAnyOrder(A, B, C);
    }

    @Test
    void where_all_are_left_out_none_is() {
        ALL.forEach(endpoint -> fail(endpoint, 5));
        assertThat(chosen()).containsExactlyInAnyOrder(A, B, C);
    }

    @Test
    void what_is_gone_is_forgotten() {
        fail(A, 5);
        balancer.retain(new EndpointTable(Map.of(WEB, List.of(B))));
        assertThat(chosen()).containsExactlyInAnyOrder(A, B, C);
    }

    @Test
    void the_less_burdened_of_two_takes_the_next_request() {
        balancer.load(A).begin();
        balancer.load(A).begin();
        balancer.load(B).begin();
        var least = new Balancing.LeastRequest();
        assertThat(many(least, null)).doesNotContainKey(A).containsKeys(B, C);
        balancer.load(A).end();
        balancer.load(A).end();
        assertThat(many(least, null)).containsKeys(A, C).doesNotContainKey(B);
    }

    @Test
    void the_faster_of_two_takes_the_next_request_and_a_slow_one_is_forgiven_in_time() {
        balancer.load(A).answered(Duration.ofSeconds(1).toNanos());
        assertThat(many(new Balancing.PeakEwma(), null)).doesNotContainKey(A);
        after(Duration.ofMinutes(2));
        balancer.load(A).answered(1000);
        assertThat(many(new Balancing.PeakEwma(), null)).containsKey(A);
    }

    @Test
    void one_key_keeps_its_endpoint_and_only_those_of_one_that_is_gone_move() {
        var hash = new Balancing.Hash(new Balancing.Key.Path());
        var keys = IntStream.range(0, 1_000).mapToObj(i -> "/" + i).toList();
        var before = keys.stream().collect(Collectors.toMap(k -> k, k -> choose(hash, ALL, k)));
        var after = keys.stream().collect(Collectors.toMap(k -> k, k -> choose(hash, List.of(A, C), k)));
        before.forEach((key, endpoint) -> {
            assertThat(choose(hash, List.of(C, A, B), key)).isEqualTo(endpoint);
            if (!endpoint.equals(B)) {
                assertThat(after).containsEntry(key, endpoint);
            }
        });
        var shares = before.values().stream().collect(Collectors.groupingBy(e -> e, Collectors.counting()));
        assertThat(shares.values()).allSatisfy(share -> assertThat(share).isBetween(250L, 420L));
    }

    @Test
    void one_key_has_as_many_endpoints_as_its_subset_and_they_stay_when_another_is_gone() {
        var hash = new Balancing.Hash(new Balancing.Key.Path(), 2);
        var ofOneKey = many(hash, "/a").keySet();
        assertThat(ofOneKey).hasSize(2);
        var gone = ALL.stream().filter(e -> !ofOneKey.contains(e)).findFirst().orElseThrow();
        var left = ALL.stream().filter(e -> !e.equals(gone)).toList();
        var chosen =
                IntStream.range(0, 100).mapToObj(_ -> choose(hash, left, "/a")).collect(Collectors.toSet());
        assertThat(chosen).isEqualTo(ofOneKey);
        var ofAllKeys = IntStream.range(0, 100)
                .mapToObj(i -> choose(hash, ALL, "/" + i))
                .collect(Collectors.toSet());
        assertThat(ofAllKeys).hasSameElementsAs(ALL);
        assertThat(many(new Balancing.Hash(new Balancing.Key.Path(), 9), "/a")).containsKeys(A, B, C);
    }

    @Test
    void a_request_without_a_key_takes_its_turn() {
        assertThat(many(new Balancing.Hash(new Balancing.Key.Field("x-user")), null))
                .containsKeys(A, B, C);
    }

    private Map<Endpoint, Long> many(Balancing balancing, @Nullable String key) {
        return IntStream.range(0, 100)
                .mapToObj(_ -> choose(balancing, ALL, key))
                .collect(Collectors.groupingBy(e -> e, Collectors.counting()));
    }

    private Endpoint choose(Balancing balancing, List<Endpoint> endpoints, @Nullable String key) {
        return balancer.choose(new Balancer.Question(WEB, balancing, endpoints, key, null));
    }

    private Endpoint choose(@Nullable Endpoint failed) {
        return balancer.choose(new Balancer.Question(WEB, new Balancing.RoundRobin(), ALL, null, failed));
    }

    private Set<Endpoint> chosen() {
        return IntStream.range(0, 12).mapToObj(_ -> choose(null)).collect(Collectors.toSet());
    }

    private void fail(Endpoint endpoint, int times) {
        for (var i = 0; i < times; i++) {
            balancer.connectFailed(endpoint);
        }
    }

    private void after(Duration time) {
        now += time.toNanos();
    }
}
