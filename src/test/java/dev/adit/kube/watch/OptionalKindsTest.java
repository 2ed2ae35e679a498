package dev.adit.kube.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.kube.GatewayClass;
import dev.adit.kube.kind.ServedKind;
import dev.adit.kube.kind.ServedKinds;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ExceptionHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OptionalKindsTest {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<String> told = new ArrayList<>();
    private Predicate<ServedKind<?, ?>> server = _ -> false;
    private ExceptionHandler failed = (_, _) -> true;
    private final OptionalKinds kinds = new OptionalKinds(
            List.of(ServedKinds.of(GatewayClass.KIND)),
            kind -> server.test(kind),
            this::follow,
            () -> told.add("known"),
            timer);

    @AfterEach
    void close() {
        timer.shutdownNow();
    }

    private Runnable follow(ServedKind<?, ?> kind, ExceptionHandler whenFailed) {
        told.add("follows " + kind.kind());
        failed = whenFailed;
        return () -> told.add("ends " + kind.kind());
    }

    @Test
    void a_kind_is_followed_from_when_it_comes_until_it_goes() {
        kinds.look();
        assertThat(kinds.isKnown()).isTrue();
        assertThat(told).containsExactly("known");
        told.clear();
        server = _ -> true;
        kinds.look();
        kinds.look();
        assertThat(told).containsExactly("follows GatewayClass");
        server = _ -> false;
        kinds.look();
        assertThat(told).as("one answer may have been a slip").containsExactly("follows GatewayClass");
        kinds.look();
        assertThat(told).containsExactly("follows GatewayClass", "ends GatewayClass");
    }

    @Test
    void as_long_as_the_api_server_does_not_answer_nothing_is_known_and_nothing_is_forgotten() {
        server = _ -> {
            throw new KubernetesClientException("away");
        };
        kinds.look();
        assertThat(kinds.isKnown()).isFalse();
        server = _ -> true;
        kinds.look();
        server = _ -> {
            throw new KubernetesClientException("away again");
        };
        kinds.look();
        assertThat(kinds.isKnown()).isTrue();
        assertThat(told).containsExactly("follows GatewayClass", "known");
    }

    @Test
    void what_may_not_be_read_is_given_up_for_ten_minutes() {
        server = _ -> true;
        kinds.look();
        assertThat(failed.retryAfterException(false, forbidden())).isFalse();
        assertThat(told).containsExactly("follows GatewayClass", "known", "ends GatewayClass");
        IntStream.range(0, 59).forEach(_ -> kinds.look());
        assertThat(told).endsWith("ends GatewayClass");
        kinds.look();
        assertThat(told).endsWith("ends GatewayClass", "follows GatewayClass");
    }

    @Test
    void what_has_been_read_is_not_given_up_for_a_failure() {
        server = _ -> true;
        kinds.look();
        assertThat(failed.retryAfterException(true, forbidden())).isTrue();
        assertThat(failed.retryAfterException(false, new KubernetesClientException("busy", 503, null)))
                .isTrue();
        assertThat(failed.retryAfterException(false, new KubernetesClientException("gone", 404, null)))
                .isTrue();
        assertThat(told).containsExactly("follows GatewayClass", "known");
    }

    @Test
    void an_api_server_that_does_not_say_which_kinds_it_has_keeps_nobody_waiting() {
        server = _ -> {
            throw new KubernetesClientException("busy", 503, null);
        };
        IntStream.range(0, 9).forEach(_ -> kinds.look());
        assertThat(kinds.isKnown()).isFalse();
        kinds.look();
        assertThat(kinds.isKnown()).isTrue();
        assertThat(told).containsExactly("known");
    }

    @Test
    void where_nobody_may_ask_which_kinds_there_are_there_are_none() {
        server = _ -> {
            throw forbidden();
        };
        kinds.look();
        assertThat(kinds.isKnown()).isTrue();
        assertThat(told).containsExactly("known");
    }

    private static KubernetesClientException forbidden() {
        return new KubernetesClientException("no", 403, null);
    }
}
