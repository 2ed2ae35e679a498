package dev.adit.kube.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HistoryCheckTest {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final FakeKind ingresses = new FakeKind();
    private final FakeKind services = new FakeKind();
    private String current = "100";
    private long now;
    private long failures;
    private final HistoryCheck check =
            new HistoryCheck(this::current, () -> failures, () -> 0, List.of(ingresses, services), () -> now, timer);

    @AfterEach
    void close() {
        timer.shutdownNow();
    }

    @Test
    void a_store_that_was_set_back_is_read_anew() {
        ingresses.revision = "90";
        services.revision = "95";
        check.look();
        current = "94";
        check.look();
        assertThat(ingresses.reads).isOne();
        assertThat(services.reads).isOne();
    }

    @Test
    void after_an_outage_all_is_read_anew_since_the_store_may_have_been_set_back_and_have_grown_past_what_was_seen() {
        ingresses.revision = "90";
        services.revision = "95";
        check.look();
        failures++;
        current = "";
        check.look();
        assertThat(ingresses.reads).isZero();
        current = "110";
        check.look();
        assertThat(ingresses.reads).isOne();
        assertThat(services.reads).isOne();
        check.look();
        assertThat(ingresses.reads).isOne();
    }

    @Test
    void where_connections_fail_all_the_time_all_is_read_anew_once_in_a_while_and_after_the_last() {
        ingresses.revision = "90";
        check.look();
        failures++;
        check.look();
        failures++;
        check.look();
        assertThat(ingresses.reads).isOne();
        pass(HistoryCheck.BETWEEN_OUTAGES);
        check.look();
        assertThat(ingresses.reads).isEqualTo(2);
        pass(HistoryCheck.BETWEEN_OUTAGES);
        check.look();
        assertThat(ingresses.reads).isEqualTo(2);
    }

    @Test
    void a_kind_of_which_not_even_a_bookmark_comes_is_read_anew_and_no_other() {
        ingresses.revision = "90";
        services.revision = "95";
        check.look();
        pass(Duration.ofMinutes(2));
        services.revision = "99";
        check.look();
        pass(Duration.ofSeconds(31));
        check.look();
        assertThat(ingresses.reads).isOne();
        assertThat(services.reads).isZero();
        check.look();
        assertThat(ingresses.reads).isOne();
    }

    @Test
    void where_no_bookmarks_come_at_all_each_silence_may_last_twice_as_long() {
        ingresses.revision = "90";
        services.revision = "100";
        check.look();
        for (var minutes : new int[] {3, 6, 11}) {
            var reads = ingresses.reads;
            pass(Duration.ofMinutes(minutes).minusMinutes(1).dividedBy(2));
            check.look();
            assertThat(ingresses.reads).isEqualTo(reads);
            pass(Duration.ofMinutes(minutes));
            check.look();
            assertThat(ingresses.reads).isEqualTo(reads + 1);
            ingresses.revision = Integer.toString(90 + minutes / 3);
            check.look();
        }
    }

    @Test
    void a_list_that_does_not_come_to_its_end_is_begun_anew_with_more_patience_each_time() {
        ingresses.revision = "";
        services.revision = "100";
        check.look();
        pass(Duration.ofMinutes(2));
        check.look();
        assertThat(ingresses.reads).isZero();
        pass(Duration.ofMinutes(1));
        check.look();
        assertThat(ingresses.reads).isOne();
        pass(Duration.ofMinutes(4));
        check.look();
        assertThat(ingresses.reads).isOne();
        pass(Duration.ofMinutes(2));
        check.look();
        assertThat(ingresses.reads).isEqualTo(2);
    }

    @Test
    void while_nothing_happens_at_all_silence_means_nothing() {
        ingresses.revision = "100";
        services.revision = "100";
        check.look();
        pass(Duration.ofMinutes(10));
        check.look();
        assertThat(ingresses.reads).isZero();
    }

    @Test
    void while_the_api_server_does_not_answer_silence_means_nothing() {
        ingresses.revision = "90";
        services.revision = "90";
        check.look();
        var answer = current;
        current = "";
        pass(Duration.ofMinutes(10));
        assertThat(check.look()).isEqualTo(Duration.ofSeconds(1));
        current = answer;
        check.look();
        assertThat(ingresses.reads).isZero();
    }

    private String current() {
        if (current.isEmpty()) {
            throw new IllegalStateException("no answer");
        }
        return current;
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private static final class FakeKind implements HistoryCheck.Followed {
        private String revision = "";
        private int reads;

        @Override
        public String name() {
            return "Fake";
        }

        @Override
        public Optional<String> revision() {
            return revision.isEmpty() ? Optional.empty() : Optional.of(revision);
        }

        @Override
        public void again() {
            reads++;
        }
    }
}
