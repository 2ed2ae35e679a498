package dev.adit.admin.api;

import dev.adit.observe.statistics.Signals;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The largest of the last minute first. */
enum Sorting {
    REQUESTS,
    ERRORS,
    P99;

    private double value(Signals signals) {
        return switch (this) {
            case REQUESTS -> signals.requests();
            case ERRORS -> signals.serverErrors();
            case P99 -> signals.p99();
        };
    }

    /**
     * A list in the order that a request asks for by {@code sort}.
     *
     * @param natural what asks for the order that the list has
     * @param active the keys that have signals; all others are behind them, in the order that they have
     */
    static <T, K> List<T> sorted(
            List<T> all, Query query, String natural, Function<T, K> key, Set<K> active, Function<K, Signals> signals) {
        var chosen = query.choice("sort", natural, Sorting.class);
        return chosen.map(sorting -> sorting.of(all, key, active, signals)).orElse(all);
    }

    private <T, K> List<T> of(List<T> all, Function<T, K> key, Set<K> active, Function<K, Signals> signals) {
        Map<K, Double> values = new HashMap<>();
        active.forEach(one -> values.put(one, value(signals.apply(one))));
        return all.stream()
                .sorted(Comparator.comparingDouble(one -> -values.getOrDefault(key.apply(one), 0.0)))
                .toList();
    }
}
