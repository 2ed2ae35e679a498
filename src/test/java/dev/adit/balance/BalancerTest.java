package dev.adit.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.routing.Endpoint;
import dev.adit.routing.UpstreamId;
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
        assertThat(IntStream.range(0, 6).mapToObj(_ -> choose(null)).toList()).containsExactly(A, B, C, A, B, C);
    }

    @Test
    void an_endpoint_that_has_failed_a_request_is_not_asked_again_for_it() {
        for (var i = 0; i < 6; i++) {
            assertThat(choose(B)).isNotEqualTo(B);
        }
        assertThat(balancer.choose(WEB, List.of(B), B)).isEqualTo(B);
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
        balancer.retain(Map.of(WEB, List.of(B)));
        assertThat(chosen()).containsExactlyInAnyOrder(A, B, C);
    }

    private Endpoint choose(@Nullable Endpoint failed) {
        return balancer.choose(WEB, ALL, failed);
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
