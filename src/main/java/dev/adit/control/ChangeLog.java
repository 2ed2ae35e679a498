package dev.adit.control;

import dev.adit.collection.Layered;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.Problem;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;

/** Tells the operator what each publication changed: the table's size, and every problem when it first appears. */
public final class ChangeLog implements BiConsumer<KubeSnapshot, ControlState> {
    private static final Logger LOG = Logger.getLogger(ChangeLog.class);

    private static final int MOST = 100;

    private final Deque<Change> changes = new ConcurrentLinkedDeque<>();
    private long generation;
    private Set<Problem> known = Set.of();

    /** The last ones, newest first. */
    public List<Change> changes() {
        return List.copyOf(changes);
    }

    @Override
    public void accept(KubeSnapshot snapshot, ControlState state) {
        var problems = state.translation().problems();
        if (state.generation().number() != generation) {
            generation = state.generation().number();
            var change = change(state);
            changes.addFirst(change);
            if (changes.size() > MOST) {
                changes.removeLast();
            }
            LOG.infof(
                    "Generation %d is live: %d Ingresses, %d hosts, certificates for %d, %d problems",
                    generation, change.ingresses(), change.hosts(), change.certificates(), change.problems());
        }
        problems.stream().filter(problem -> !known.contains(problem)).forEach(LOG::warn);
        known = new HashSet<>(problems);
    }

    private static Change change(ControlState state) {
        var table = state.generation().table();
        var hosts = table.hostTables().mapToInt(Layered::size).sum();
        return new Change(
                state.changedAt(),
                state.generation().number(),
                state.translation().ingresses().size(),
                hosts,
                table.certificates().size(),
                state.translation().problems().size());
    }
}
