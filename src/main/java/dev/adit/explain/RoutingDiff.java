package dev.adit.explain;

import dev.adit.kube.Problem;
import dev.adit.routing.Certificate;
import dev.adit.routing.Host;
import dev.adit.routing.Route;
import dev.adit.routing.text.RoutingText;
import dev.adit.translate.Translation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What changes between two translations for those who send requests. */
public final class RoutingDiff {
    private RoutingDiff() {}

    public enum Kind {
        ADDED("+"),
        REMOVED("-"),
        CHANGED("~"),
        /** A part is refused that was not refused before, such as a path that an older Ingress has. */
        REFUSED("!");

        private final String sign;

        Kind(String sign) {
            this.sign = sign;
        }
    }

    /** One change; before or after is empty where there is none. */
    public record Change(Kind kind, String subject, String before, String after) {
        @Override
        public String toString() {
            return switch (kind) {
                case ADDED -> kind.sign + " " + subject + " -> " + after;
                case REMOVED -> kind.sign + " " + subject + " -> " + before;
                case CHANGED -> kind.sign + " " + subject + " -> " + after + "   (was " + before + ")";
                case REFUSED -> kind.sign + " " + subject;
            };
        }
    }

    public static List<Change> between(Translation before, Translation after) {
        var old = entries(before);
        var fresh = entries(after);
        var subjects = new TreeSet<>(old.keySet());
        subjects.addAll(fresh.keySet());
        var changes = new ArrayList<Change>();
        for (var subject : subjects) {
            var was = old.getOrDefault(subject, "");
            var is = fresh.getOrDefault(subject, "");
            if (!was.equals(is)) {
                var kind = was.isEmpty() ? Kind.ADDED : is.isEmpty() ? Kind.REMOVED : Kind.CHANGED;
                changes.add(new Change(kind, subject, was, is));
            }
        }
        after.problems().stream()
                .filter(problem -> !before.problems().contains(problem))
                .map(Problem::toString)
                .forEach(problem -> changes.add(new Change(Kind.REFUSED, problem, "", "")));
        return changes;
    }

    private static Map<String, String> entries(Translation translation) {
        var entries = new TreeMap<String, String>();
        for (var host : translation.table().hosts().values()) {
            routes(host, "", entries);
        }
        certificates(translation.table().certificatesByName(), "", entries);
        translation.table().portsByNumber().forEach((port, ofPort) -> {
            var on = RoutingText.on(port, ofPort);
            ofPort.hostsByName().forEach(host -> routes(host, on.stripLeading() + " ", entries));
            certificates(ofPort.certificatesByName(), on, entries);
        });
        return entries;
    }

    private static void certificates(List<Certificate> certificates, String port, Map<String, String> entries) {
        for (var certificate : certificates) {
            certificate
                    .hosts()
                    .forEach(
                            host -> entries.putIfAbsent("certificate of " + host.text() + port, describe(certificate)));
        }
    }

    private static void routes(Host host, String port, Map<String, String> entries) {
        var name = "host " + host.name().text() + " " + port;
        host.tunnel()
                .ifPresent(tunnel ->
                        entries.put(name + "connections", RoutingText.tunnel(tunnel) + ", by " + tunnel.origin()));
        host.routes().forEach(route -> put(entries, name + RoutingText.match(route.match()), route));
    }

    private static void put(Map<String, String> entries, String subject, Route route) {
        entries.put(subject, RoutingText.action(route) + ", by " + route.origin());
    }

    private static String describe(Certificate certificate) {
        var names = certificate.hosts().stream().map(host -> host.text()).collect(Collectors.joining(", "));
        return "Secret " + certificate.secret() + " (serial "
                + certificate.leaf().getSerialNumber().toString(16) + ", for " + names + ")";
    }
}
