package dev.adit.kube.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.kube.GatewayClass;
import dev.adit.kube.kind.ServedKind;
import dev.adit.kube.kind.ServedKinds;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OptionalKindsTest {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<String> told = new ArrayList<>();
    private Predicate<ServedKind<?, ?>> server = _ -> false;
    private Predicate<Throwable> failed = _ -> true;
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

    private Runnable follow(ServedKind<?, ?> kind, Predicate<Throwable> whenFailed) {
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
    void what_may_not_be_read_keeps_nobody_waiting_and_is_tried_again() {
        server = _ -> true;
        kinds.look();
        assertThat(failed.test(new KubernetesClientException("no", 403, null))).isFalse();
        assertThat(told).containsExactly("follows GatewayClass", "known", "ends GatewayClass");
        kinds.look();
        assertThat(told).containsExactly("follows GatewayClass", "known", "ends GatewayClass", "follows GatewayClass");
    }

    @Test
    void a_kind_that_goes_while_it_is_read_is_forgotten_and_any_other_failure_is_tried_again() {
        server = _ -> true;
        kinds.look();
        assertThat(failed.test(new KubernetesClientException("busy", 503, null)))
                .isTrue();
        assertThat(failed.test(new IllegalStateException(new KubernetesClientException("gone", 404, null))))
                .isFalse();
        assertThat(told).containsExactly("follows GatewayClass", "known", "ends GatewayClass");
    }
}
