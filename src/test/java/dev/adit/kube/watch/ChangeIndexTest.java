package dev.adit.kube.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.adit.kube.EndpointSlice;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.source.SnapshotSource.Changes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ChangeIndexTest {
    private static final ObjectKey A = new ObjectKey("ns", "a");
    private static final ObjectKey B = new ObjectKey("ns", "b");

    private final ChangeIndex index = new ChangeIndex();

    @Test
    void a_slice_is_found_by_its_service_until_it_goes_or_changes_hands() {
        index.object(null, slice("s", A));
        assertThat(index.of(A)).containsExactly(slice("s", A));
        index.object(slice("s", A), slice("s", B));
        assertThat(index.of(A)).isEmpty();
        assertThat(index.of(B)).hasSize(1);
        index.object(slice("s", B), null);
        assertThat(index.of(B)).isEmpty();
    }

    @Test
    void changes_of_slices_name_their_services_once_and_any_other_change_is_everything() {
        index.object(null, slice("s", A));
        index.object(slice("s", A), slice("s", B));
        assertThat(index.take()).isEqualTo(new Changes.Endpoints(Set.of(A, B)));
        index.object(slice("s", B), null);
        index.other();
        assertThat(index.take()).isEqualTo(new Changes.Everything());
        index.object(null, slice("t", A));
        assertThat(index.take()).isEqualTo(new Changes.Endpoints(Set.of(A)));
    }

    @Test
    void a_service_has_its_slice_whenever_it_is_asked_for_while_that_changes() {
        index.object(null, slice("s", A));
        var isOver = new AtomicBoolean();
        var missed = new AtomicInteger();
        var reader = Thread.ofPlatform().start(() -> {
            while (!isOver.get()) {
                if (index.of(A).isEmpty()) {
                    missed.incrementAndGet();
                }
            }
        });
        for (var i = 0; i < 200_000; i++) {
            index.object(slice("s", A), slice("s", A));
        }
        isOver.set(true);
        assertThatCode(reader::join).doesNotThrowAnyException();
        assertThat(missed).hasValue(0);
    }

    private static EndpointSlice slice(String name, ObjectKey service) {
        return new EndpointSlice(new ObjectKey("ns", name), service, List.of(), List.of());
    }
}
