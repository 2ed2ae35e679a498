package dev.adit.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.kube.EndpointSlice;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.kube.source.SnapshotSource;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.EndpointTable;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.translate.Translation;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ControlLoopTest {
    private static final ObjectKey WEB = new ObjectKey("ns", "web");
    private static final UpstreamId HTTP = new UpstreamId("ns", "web", "http", 80);
    private static final UpstreamId OTHER = new UpstreamId("ns", "other", "http", 80);
    private static final Endpoint BEFORE = new Endpoint("10.0.0.1", 80);
    private static final Endpoint AFTER = new Endpoint("10.0.0.2", 80);

    private final AtomicInteger translated = new AtomicInteger();
    private final AtomicInteger told = new AtomicInteger();

    @Test
    void a_change_of_endpoints_alone_translates_nothing_and_tells_nobody() {
        var source = new FakeSource();
        try (var loop = new ControlLoop(
                source, new FakeTranslator(), List.of((_, _) -> told.incrementAndGet()), Clock.systemUTC())) {
            loop.start();
            await().until(() -> loop.state().synced());
            var number = loop.generation().number();
            assertThat(loop.generation().endpoints().of(HTTP)).containsExactly(BEFORE);

            source.change(new SnapshotSource.Changes.Endpoints(Set.of(WEB)));
            await().until(() -> loop.generation().endpoints().of(HTTP).equals(List.of(AFTER)));
            assertThat(loop.generation().endpoints().of(OTHER)).containsExactly(BEFORE);
            assertThat(loop.state().translation().endpoints().endpoints().toMap())
                    .containsKeys(HTTP, OTHER);
            assertThat(loop.generation().number()).isEqualTo(number);
            assertThat(translated).hasValue(1);
            assertThat(told).hasValue(1);

            loop.recheck();
            await().until(() -> translated.get() == 2);
        }
    }

    @Test
    void no_failure_ends_the_loop_or_loses_the_change_that_it_came_with() {
        var source = new FakeSource();
        var translator = new FakeTranslator();
        var listener = new AtomicInteger();
        try (var loop = new ControlLoop(
                source,
                translator,
                List.of(
                        (_, _) -> {
                            if (listener.incrementAndGet() == 2) {
                                throw new StackOverflowError();
                            }
                        },
                        (_, _) -> told.incrementAndGet()),
                Clock.systemUTC())) {
            loop.start();
            await().until(() -> loop.state().synced());

            translator.failure = new StackOverflowError();
            source.change(new SnapshotSource.Changes.Everything());
            await().until(() -> translator.failure == null);
            // The source says that nothing has changed since: the change has been taken, and was not applied.
            source.change(new SnapshotSource.Changes.Endpoints(Set.of()));
            await().untilAsserted(() -> assertThat(translated).hasValue(2));
            // A listener that fails is told again, and keeps nothing from the next one.
            await().untilAsserted(() -> assertThat(listener).hasValue(3));
            assertThat(told).hasValue(3);
            assertThat(loop.isAlive()).isTrue();
        }
    }

    @Test
    void the_first_table_is_published_when_nothing_that_it_looked_at_is_still_being_read() {
        var source = new FakeSource();
        source.isAwaiting = true;
        try (var loop = new ControlLoop(
                source, new FakeTranslator(), List.of((_, _) -> told.incrementAndGet()), Clock.systemUTC())) {
            loop.start();
            await().until(() -> translated.get() == 1);
            assertThat(loop.state().synced()).isFalse();
            source.isAwaiting = false;
            // By itself it would be no reason to translate everything.
            source.change(new SnapshotSource.Changes.Endpoints(Set.of()));
            await().until(() -> loop.state().synced());
            assertThat(translated).hasValue(2);
            assertThat(told).hasValue(1);

            source.isAwaiting = true;
            source.change(new SnapshotSource.Changes.Everything());
            await().until(() -> told.get() == 2);
        }
    }

    private static final class FakeSource implements SnapshotSource {
        private volatile boolean isAwaiting;
        private volatile Runnable changed = () -> {};
        private volatile Changes changes = new Changes.Everything();

        void change(Changes what) {
            changes = what;
            changed.run();
        }

        @Override
        public void start(Runnable told) {
            changed = told;
            told.run();
        }

        @Override
        public boolean isSynced() {
            return true;
        }

        @Override
        public boolean isAwaiting() {
            return isAwaiting;
        }

        @Override
        public KubeSnapshot snapshot() {
            return KubeSnapshot.EMPTY;
        }

        @Override
        public Changes takeChanges() {
            return changes;
        }

        @Override
        public void close() {}
    }

    private final class FakeTranslator implements Translator {
        private volatile @Nullable Error failure;

        @Override
        public Translation translate(KubeSnapshot snapshot, Objects live) {
            var thrown = failure;
            if (thrown != null) {
                failure = null;
                throw thrown;
            }
            translated.incrementAndGet();
            var endpoints = Map.of(HTTP, List.of(BEFORE), OTHER, List.of(BEFORE));
            return new Translation(
                    RoutingTable.EMPTY,
                    new EndpointTable(endpoints),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    List.of());
        }

        @Override
        public Map<UpstreamId, List<Endpoint>> endpoints(
                Collection<UpstreamId> upstreams, Function<ObjectKey, List<EndpointSlice>> slices) {
            assertThat(upstreams).containsExactly(HTTP);
            return Map.of(HTTP, List.of(AFTER));
        }
    }
}
