package dev.adit.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private final List<String> gone = new ArrayList<>();
    private final Queue<Runnable> later = new ArrayDeque<>();
    private long now;
    private final MemoryBudget budget = new MemoryBudget(1_000, later::add, () -> now);

    private final class Client implements MemoryBudget.Holder {
        private final String name;
        private final Owner owner;
        private final Holding holding = budget.holding(this);
        private long held;

        Client(String name, String address, Object connection) {
            this.name = name;
            this.owner = new Owner(address, connection);
        }

        Client(String name, String address) {
            this(name, address, new Object());
        }

        Client holds(long bytes) {
            now++;
            held = bytes;
            holding.update();
            return this;
        }

        @Override
        public long held() {
            return held;
        }

        @Override
        public Owner owner() {
            return owner;
        }

        @Override
        public void giveWay() {
            held = 0;
            gone.add(name);
        }
    }

    @Test
    void the_address_that_holds_most_gives_way_and_not_the_one_that_came_last_or_waited_longest() {
        new Client("reader", "192.0.2.1").holds(50);
        for (var i = 0; i < 9; i++) {
            new Client("hoarder", "192.0.2.66").holds(100);
        }
        new Client("newcomer", "192.0.2.2").holds(60);
        assertThat(gone).isNotEmpty().containsOnly("hoarder");
        assertThat(budget.total()).isLessThanOrEqualTo(875);
    }

    @Test
    void of_one_address_the_connection_that_holds_most_gives_way_and_of_that_its_oldest_stream() {
        var connection = new Object();
        new Client("other", "192.0.2.1").holds(100);
        new Client("first stream", "192.0.2.1", connection).holds(300);
        new Client("second stream", "192.0.2.1", connection).holds(300);
        new Client("third", "192.0.2.1").holds(290);
        new Client("one more", "192.0.2.1").holds(20);
        assertThat(gone).containsExactly("first stream");
    }

    @Test
    void of_equals_the_one_that_has_waited_longest_gives_way() {
        var first = new Client("first", "192.0.2.1").holds(400);
        var second = new Client("second", "192.0.2.2").holds(400);
        now += 1_000;
        first.holds(200); // it reads
        second.holds(399); // a byte now and then is no reading
        first.holds(400);
        new Client("third", "192.0.2.3").holds(300);
        assertThat(gone).containsExactly("second");
    }

    @Test
    void what_asks_gives_way_only_when_it_has_done_what_it_is_doing() {
        new Client("greedy", "192.0.2.1").holds(1_001);
        assertThat(gone).isEmpty();
        later.remove().run();
        assertThat(gone).containsExactly("greedy");
        assertThat(budget.total()).isZero();
    }

    @Test
    void what_has_left_by_itself_is_not_counted_against_anybody() {
        var fast = new Client("fast", "192.0.2.1").holds(900);
        fast.held = 0;
        new Client("slow", "192.0.2.2").holds(200);
        assertThat(gone).isEmpty();
        assertThat(budget.total()).isEqualTo(200);
    }

    @Test
    void what_is_released_holds_nothing() {
        var client = new Client("client", "192.0.2.1").holds(900);
        client.holding.close();
        client.holding.close();
        new Client("other", "192.0.2.2").holds(900);
        assertThat(gone).isEmpty();
        assertThat(budget.total()).isEqualTo(900);
        assertThat(budget.evicted()).isZero();
    }

    @Test
    void what_has_ended_holds_nothing_whatever_it_says() {
        var client = new Client("client", "192.0.2.1").holds(900);
        client.holding.close();
        client.holds(900);
        assertThat(budget.total()).isZero();
    }

    @Test
    void the_less_is_free_the_less_may_wait_for_one_reader() {
        assertThat(budget.allowance()).isEqualTo(65_536);
        new Client("half", "192.0.2.1").holds(500);
        assertThat(budget.allowance()).isEqualTo(16_384);
        new Client("rest", "192.0.2.2").holds(500);
        assertThat(budget.allowance()).isEqualTo(2_048);
    }

    @Test
    void more_than_needed_is_freed_at_once_so_that_the_next_one_finds_room() {
        for (var i = 0; i < 100; i++) {
            new Client("holder", "192.0.2." + i).holds(10);
        }
        assertThat(gone).isEmpty();
        new Client("one more", "192.0.2.200").holds(5);
        assertThat(gone).hasSize(13);
        for (var i = 0; i < 12; i++) {
            new Client("one more", "192.0.2.200").holds(10);
        }
        assertThat(gone).hasSize(13);
    }
}
