package dev.adit.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DigestNoncesTest {
    private final AtomicLong now = new AtomicLong(1_000);
    private final DigestNonces nonces = new DigestNonces(now::get);

    @Test
    void a_nonce_is_used_once_with_each_count_in_whatever_order_the_requests_come() {
        var nonce = nonces.issue();
        assertThat(Stream.of(1, 3, 2, 70).map(count -> nonces.use(nonce, count)))
                .containsOnly(true);
        assertThat(Stream.of(1, 3, 2, 70).map(count -> nonces.use(nonce, count)))
                .containsOnly(false);
        assertThat(nonces.use(nonce, 5)).as("too long ago to be known").isFalse();
        assertThat(nonces.use(nonce, 60)).isTrue();
        assertThat(nonces.use(nonce, 0xffff_ffffL)).isTrue();
        assertThat(nonces.use(nonce, 0)).isFalse();
    }

    @Test
    void nobody_else_makes_one() {
        var nonce = nonces.issue();
        assertThat(nonces.use(new DigestNonces(now::get).issue(), 1)).isFalse();
        assertThat(nonces.use(nonce.replaceFirst("^.", "f"), 1)).isFalse();
        assertThat(nonces.use("", 1)).isFalse();
        assertThat(nonces.use("x".repeat(nonce.length()), 1)).isFalse();
        assertThat(nonces.use(nonce, 1)).isTrue();
    }

    @Test
    void one_is_good_for_five_minutes() {
        var nonce = nonces.issue();
        now.addAndGet(Duration.ofMinutes(5).toMillis());
        assertThat(nonces.use(nonce, 1)).isTrue();
        now.addAndGet(1);
        assertThat(nonces.use(nonce, 2)).isFalse();
    }

    @Test
    void one_that_was_forgotten_for_the_number_of_others_is_not_used_again() {
        var first = nonces.issue();
        assertThat(nonces.use(first, 1)).isTrue();
        for (var i = 0; i < 5_000; i++) {
            now.incrementAndGet();
            assertThat(nonces.use(nonces.issue(), 1)).isTrue();
        }
        assertThat(nonces.use(first, 1)).isFalse();
        assertThat(nonces.use(first, 2)).isFalse();
    }
}
