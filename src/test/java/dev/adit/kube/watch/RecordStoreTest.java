package dev.adit.kube.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.kube.Problem;
import dev.adit.kube.api.IngressClassObject;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordStoreTest {
    private final List<String> changes = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private boolean isFailing;
    private final RecordStore<IngressClassObject, String> store = new RecordStore<>(
            this::convert,
            IngressClassObject::new,
            (previous, current) -> changes.add(previous + " to " + current),
            (key, cause) -> failures.add(key + (cause.isPresent() ? " fails" : " is back")),
            null);

    @Test
    void an_object_that_cannot_be_converted_stays_as_it_was_and_throws_nothing_at_the_client() {
        put("a", "1");
        put("b", "1");
        isFailing = true;
        put("a", "2");
        put("a", "3");
        put("new", "1");
        assertThat(store.records()).containsExactlyInAnyOrder("a 1", "b 1");
        assertThat(store.problems().map(Problem::toString))
                .anyMatch(text -> text.contains("IngressClass a: Unreadable") && text.contains("stays in force"))
                .anyMatch(text -> text.contains("IngressClass new: Unreadable") && text.contains("left out"))
                .hasSize(2);
        assertThat(store.keySet()).containsExactlyInAnyOrder("a", "b", "new");
        isFailing = false;
        put("a", "4");
        store.remove("new");
        assertThat(store.records()).containsExactlyInAnyOrder("a 4", "b 1");
        assertThat(store.problems()).isEmpty();
        assertThat(failures).containsExactly("a fails", "new fails", "a is back", "new is back");
        assertThat(changes).containsExactly("null to a 1", "null to b 1", "a 1 to a 4", "null to null");
    }

    private void put(String name, String revision) {
        var object = new IngressClassObject();
        var meta = new ObjectMeta();
        meta.setName(name);
        meta.setResourceVersion(revision);
        object.setMetadata(meta);
        store.put(name, object);
    }

    private Optional<String> convert(IngressClassObject object) {
        if (isFailing) {
            throw new StackOverflowError();
        }
        return Optional.of(
                object.getMetadata().getName() + " " + object.getMetadata().getResourceVersion());
    }
}
