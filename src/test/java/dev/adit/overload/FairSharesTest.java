package dev.adit.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FairSharesTest {
    private static final int CAPACITY = 64;

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Exchange> refused = new ArrayList<>();
    private long now;
    private final FairShares shares = new FairShares(CAPACITY, 32, (_, task) -> tasks.add(task), () -> now);

    private final class Exchange extends Claim {
        private final Owner owner;
        private boolean complete = true;
        private boolean isGranted;
        private long stalledSince = NOT_STALLED;

        Exchange(String address, Object connection) {
            owner = new Owner(address, connection);
        }

        Exchange incomplete() {
            complete = false;
            return this;
        }

        Exchange stalled() {
            stalledSince = now;
            return this;
        }

        Exchange claim() {
            isGranted = shares.claim(this);
            return this;
        }

        @Override
        protected Owner owner() {
            return owner;
        }

        @Override
        protected boolean isComplete() {
            return complete;
        }

        @Override
        protected long stalledSince() {
            return stalledSince;
        }

        @Override
        protected void granted() {
            isGranted = true;
        }

        @Override
        protected void refused() {
            isGranted = false;
            refused.add(this);
        }
    }

    private Exchange from(String address) {
        return new Exchange(address, new Object());
    }

    private List<Exchange> many(int count, String address, Object connection) {
        var all = new ArrayList<Exchange>();
        for (var i = 0; i < count; i++) {
            all.add(new Exchange(address, connection));
        }
        return all;
    }

    private void turn() {
        for (var rest = tasks.size(); rest > 0; rest--) {
            tasks.remove().run();
        }
    }

    private static long granted(List<Exchange> exchanges) {
        return exchanges.stream().filter(exchange -> exchange.isGranted).count();
    }

    @Test
    void one_connection_leaves_two_thirds_to_others_and_one_address_an_eighth() {
        var connection = many(CAPACITY, "192.0.2.66", new Object());
        connection.forEach(Exchange::claim);
        assertThat(granted(connection)).isEqualTo(19);
        for (var i = 0; i < CAPACITY; i++) {
            from("192.0.2.66").claim();
        }
        assertThat(shares.granted()).isEqualTo(CAPACITY * 7 / 8);
        assertThat(from("192.0.2.1").claim().isGranted).isTrue();
    }

    @Test
    void connections_that_hoard_leave_some_to_others_of_their_address() {
        for (var i = 0; i < 6; i++) {
            many(CAPACITY, "192.0.2.66", new Object()).forEach(Exchange::claim);
        }
        for (var i = 0; i < 4; i++) {
            assertThat(from("192.0.2.66").claim().isGranted).isTrue();
        }
        assertThat(refused).isNotEmpty();
    }

    @Test
    void however_many_addresses_hoard_one_more_finds_room() {
        for (var i = 0; i < 12; i++) {
            many(CAPACITY, "192.0.2." + i, new Object()).forEach(Exchange::claim);
            turn();
        }
        assertThat(from("192.0.2.100").claim().isGranted).isTrue();
    }

    @Test
    void exchanges_that_owe_a_body_leave_half_to_whole_requests() {
        for (var i = 0; i < CAPACITY; i++) {
            from("192.0.2." + i).incomplete().claim();
            turn();
        }
        assertThat(shares.granted()).isEqualTo(CAPACITY / 2);
        assertThat(from("192.0.2.1").claim().isGranted).isTrue();
    }

    @Test
    void a_body_that_comes_with_its_head_owes_nothing() {
        many(CAPACITY, "192.0.2.66", new Object())
                .forEach(exchange -> exchange.incomplete().claim());
        turn();
        var small = from("192.0.2.1").incomplete().claim();
        small.complete = true; // read in the same turn
        turn();
        assertThat(small.isGranted).isTrue();
    }

    @Test
    void those_who_wait_are_served_in_turn_and_not_first_come() {
        var held = fill();
        var greedy = many(8, "192.0.2.66", new Object());
        greedy.forEach(Exchange::claim);
        var modest = from("192.0.2.1").claim();
        held.subList(0, 2).forEach(shares::release);
        assertThat(modest.isGranted).isTrue();
        assertThat(granted(greedy)).isEqualTo(1);
    }

    @Test
    void an_exchange_that_waits_for_its_client_gives_way_to_one_that_waits_for_nothing() {
        var held = fill();
        held.get(7).stalled();
        now += TimeUnit.SECONDS.toNanos(1);
        held.get(3).stalled();
        var next = from("192.0.2.200").claim();
        assertThat(next.isGranted).isFalse();
        turn();
        assertThat(next.isGranted).isTrue();
        assertThat(refused).containsExactly(held.get(7));
    }

    @Test
    void one_that_moves_gives_way_to_nobody() {
        fill();
        now += TimeUnit.MINUTES.toNanos(10);
        var next = from("192.0.2.200").claim();
        turn();
        assertThat(next.isGranted).isFalse();
        assertThat(refused).isEmpty();
    }

    @Test
    void whoever_has_most_gives_way_first_even_if_another_has_waited_longer() {
        var other = from("192.0.2.1").claim().stalled();
        now += TimeUnit.SECONDS.toNanos(1);
        var hoard = new ArrayList<Exchange>();
        for (var i = 0; i < 4 * CAPACITY; i++) {
            hoard.add(from("192.0.2." + (100 + i % 20)).claim().stalled());
        }
        now += TimeUnit.SECONDS.toNanos(1);
        var next = from("192.0.2.2").claim();
        turn();
        assertThat(next.isGranted).isTrue();
        assertThat(refused).isNotEmpty().isSubsetOf(hoard).doesNotContain(other);
    }

    @Test
    void nobody_waits_for_ever_and_a_full_queue_refuses_whoever_has_most_in_it() {
        fill();
        var greedy = many(32, "192.0.2.66", new Object());
        greedy.forEach(Exchange::claim);
        assertThat(refused).isEmpty();
        from("192.0.2.66").claim();
        var modest = from("192.0.2.200").claim();
        assertThat(refused).hasSize(2).doesNotContain(modest);
        now += 10;
        shares.expire(now);
        assertThat(refused).hasSize(34).contains(modest);
        assertThat(shares.granted()).isEqualTo(CAPACITY);
    }

    @Test
    void what_is_released_is_free_again() {
        var held = fill();
        var waiting = from("192.0.2.200").claim();
        shares.release(waiting);
        held.forEach(shares::release);
        held.forEach(shares::release);
        assertThat(shares.isUnused()).isTrue();
        assertThat(waiting.isGranted).isFalse();
        assertThat(from("192.0.2.1").claim().isGranted).isTrue();
    }

    @Test
    void an_endpoint_that_takes_fewer_is_not_given_more() {
        shares.limit(2);
        assertThat(granted(fill())).isEqualTo(2);
    }

    /** As many addresses as it takes, each with one exchange. */
    private List<Exchange> fill() {
        var held = new ArrayList<Exchange>();
        for (var i = 0; i < CAPACITY && (held.isEmpty() || held.getLast().isGranted); i++) {
            held.add(from("198.51.100." + i).claim());
        }
        if (!held.getLast().isGranted) {
            shares.release(held.removeLast());
        }
        return held;
    }
}
