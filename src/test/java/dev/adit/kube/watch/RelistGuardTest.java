package dev.adit.kube.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.kube.api.IngressClassObject;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a list leaves out, as the client would remove it from the store. */
class RelistGuardTest {
    private static final RelistGuard.Pauses SHORT =
            new RelistGuard.Pauses(Duration.ofMillis(20), Duration.ofMillis(100));

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Set<String> present = ConcurrentHashMap.newKeySet();
    private final AtomicInteger looks = new AtomicInteger();
    private volatile boolean isAway;
    private final RelistGuard guard = new RelistGuard("things", this::list, timer, SHORT);
    private final RecordStore<IngressClassObject, String> store = new RecordStore<>(
            object -> Optional.of(object.getMetadata().getName()),
            IngressClassObject::new,
            (_, _) -> {},
            (_, _) -> {},
            guard);

    @AfterEach
    void close() {
        timer.shutdownNow();
    }

    @Test
    void what_a_watch_says_is_deleted_goes_at_once_even_the_last_one() {
        fill(1);
        store.remove("thing-0");
        assertThat(store.size()).isZero();
        assertThat(looks).hasValue(0);
    }

    @Test
    void a_list_that_leaves_out_a_few_is_believed() {
        fill(10);
        relist(8);
        await().until(() -> store.size() == 8);
        assertThat(looks).hasValue(0);
    }

    @Test
    void a_list_without_anything_is_asked_for_twice_before_it_is_believed() {
        fill(3);
        relist(0);
        assertThat(store.size()).isEqualTo(3);
        await().until(() -> looks.get() == 1);
        assertThat(store.size()).isEqualTo(3);
        await().until(() -> store.size() == 0);
        assertThat(looks).hasValue(2);
    }

    @Test
    void what_is_there_after_all_stays() {
        fill(30);
        relist(4);
        for (var i = 0; i < 29; i++) {
            present.add("thing-" + i);
        }
        await().until(() -> store.size() == 29);
        assertThat(store.records()).doesNotContain("thing-29");
    }

    @Test
    void while_nobody_can_be_asked_everything_stays() {
        fill(30);
        isAway = true;
        relist(0);
        await().until(() -> looks.get() > 3);
        assertThat(store.size()).isEqualTo(30);
        isAway = false;
        await().until(() -> store.size() == 0);
    }

    @Test
    void what_comes_back_meanwhile_stays() {
        fill(2);
        relist(0);
        put("thing-1");
        await().until(() -> store.size() == 1);
        assertThat(store.records()).containsExactly("thing-1");
    }

    private Set<String> list() {
        looks.incrementAndGet();
        if (isAway) {
            throw new IllegalStateException("connection refused");
        }
        return new HashSet<>(present);
    }

    private void fill(int things) {
        for (var i = 0; i < things; i++) {
            put("thing-" + i);
        }
    }

    private void put(String name) {
        var object = new IngressClassObject();
        var meta = new ObjectMeta();
        meta.setName(name);
        object.setMetadata(meta);
        store.put(name, object);
    }

    /** As the client does it: it looks through all of them, and removes what the list does not have. */
    private void relist(int things) {
        var kept = new HashSet<String>();
        for (var i = 0; i < things; i++) {
            kept.add("thing-" + i);
        }
        store.values()
                .map(store::getKey)
                .filter(key -> !kept.contains(key))
                .toList()
                .forEach(store::remove);
    }
}
