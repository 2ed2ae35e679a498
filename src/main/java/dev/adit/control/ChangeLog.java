package dev.adit.control;

import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.Problem;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;

/** Tells the operator what each publication changed: the table's size, and every problem when it first appears. */
public final class ChangeLog implements BiConsumer<KubeSnapshot, ControlState> {
    private static final Logger LOG = Logger.getLogger(ChangeLog.class);

    private long generation;
    private Set<Problem> known = Set.of();

    @Override
    public void accept(KubeSnapshot snapshot, ControlState state) {
        var problems = state.translation().problems();
        if (state.generation().number() != generation) {
            generation = state.generation().number();
            var table = state.generation().table();
            LOG.infof(
                    "Generation %d is live: %d Ingresses, %d hosts, certificates for %d, %d problems",
                    generation,
                    state.translation().ingresses().size(),
                    table.hosts().size()
                            + table.ports().values().stream()
                                    .mapToInt(ofPort -> ofPort.hosts().size())
                                    .sum(),
                    table.certificates().size(),
                    problems.size());
        }
        problems.stream().filter(problem -> !known.contains(problem)).forEach(LOG::warn);
        known = new HashSet<>(problems);
    }
}
