package dev.adit.translate;

import dev.adit.kube.Ingress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Ingress v1 read line by line, as a person would: slow, and of no use but to be compared with. */
final class NaiveReading {
    private final List<Ingress> oldestFirst;

    NaiveReading(List<Ingress> ingresses) {
        oldestFirst = ingresses.stream()
                .sorted(Comparator.comparing(Ingress::createdAt).thenComparing(Ingress::key))
                .toList();
    }

    /** The Service that serves a request, or nothing. */
    Optional<String> serves(String host, String path) {
        for (var kind : List.of(host, wildcardOf(host), "")) {
            var rules = new ArrayList<Ingress.Rule>();
            var defaults = new ArrayList<String>();
            for (var ingress : oldestFirst) {
                var own = ingress.rules().stream()
                        .filter(r -> r.host().equals(kind))
                        .toList();
                rules.addAll(own);
                if (!own.isEmpty()) {
                    ingress.defaultBackend().ifPresent(backend -> defaults.add(name(backend)));
                }
            }
            if (!rules.isEmpty()) {
                return byPath(rules, path)
                        .or(() -> defaults.stream().findFirst())
                        .or(this::fallback);
            }
        }
        return fallback();
    }

    private Optional<String> fallback() {
        return oldestFirst.stream()
                .flatMap(i -> i.defaultBackend().stream())
                .map(NaiveReading::name)
                .findFirst();
    }

    private static Optional<String> byPath(List<Ingress.Rule> rules, String path) {
        Ingress.Path best = null;
        for (var rule : rules) {
            for (var candidate : rule.paths()) {
                if (matches(candidate, path) && (best == null || rank(candidate) > rank(best))) {
                    best = candidate;
                }
            }
        }
        return Optional.ofNullable(best).map(p -> name(p.backend()));
    }

    /** An exact match before every prefix, then the longer one. */
    private static int rank(Ingress.Path path) {
        return path.pathType().equals("Exact")
                ? Integer.MAX_VALUE
                : elements(path.path()).size();
    }

    private static boolean matches(Ingress.Path rule, String path) {
        if (rule.pathType().equals("Exact")) {
            return rule.path().equals(path);
        }
        var wanted = elements(rule.path());
        var given = elements(path);
        return given.size() >= wanted.size() && given.subList(0, wanted.size()).equals(wanted);
    }

    private static List<String> elements(String path) {
        var elements = new ArrayList<>(List.of(path.substring(1).split("/", -1)));
        while (!elements.isEmpty() && elements.getLast().isEmpty()) {
            elements.removeLast();
        }
        return elements;
    }

    private static String wildcardOf(String host) {
        return "*" + host.substring(host.indexOf('.'));
    }

    private static String name(Ingress.Backend backend) {
        return ((Ingress.Backend.Service) backend).name();
    }
}
