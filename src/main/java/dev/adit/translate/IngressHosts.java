package dev.adit.translate;

import dev.adit.kube.Bounds;
import dev.adit.kube.Ingress;
import dev.adit.routing.Hostname;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The hosts that an Ingress concerns: those of its rules and of {@code spec.tls}, and with ingress-nginx others besides. */
public final class IngressHosts {
    /** The annotation with other names of its hosts. */
    public static final String SERVER_ALIAS = "server-alias";
    /** The annotation that makes a host with {@code www.} of one without, and the other way round. */
    public static final String WWW_REDIRECT = "from-to-www-redirect";

    private static final int MOST_ALIASES = 100;
    private static final String WWW = "www.";

    private IngressHosts() {}

    /** Those of its rules, each as often as it is named. */
    public static Stream<Hostname> ofRules(Ingress ingress) {
        return ingress.rules().stream().flatMap(rule -> Hostname.parse(rule.host()).stream());
    }

    /** Those that it lists in {@code spec.tls}. */
    public static Stream<Hostname> ofTls(Ingress ingress) {
        return ingress.tls().stream()
                .flatMap(tls -> tls.hosts().stream())
                .flatMap(text -> Hostname.parse(text).stream());
    }

    /** All that its annotations may mean, whatever its class. */
    public static List<Hostname> beside(Ingress ingress) {
        var texts = ingress.annotations().isEmpty() ? null : ingress.annotations(Ingress.INGRESS_NGINX);
        if (texts == null || !(texts.containsKey(SERVER_ALIAS) || texts.containsKey(WWW_REDIRECT))) {
            return List.of();
        }
        var hosts = new ArrayList<Hostname>();
        aliases(texts.getOrDefault(SERVER_ALIAS, "")).orElse(List.of()).forEach(alias -> {
            hosts.add(alias);
            if (alias instanceof Hostname.Wildcard) {
                hosts.add(served(alias));
            }
        });
        if (texts.containsKey(WWW_REDIRECT)) {
            ofRules(ingress).flatMap(host -> withOrWithoutWww(host).stream()).forEach(hosts::add);
        }
        return hosts;
    }

    /** Whether some of its other names are regular expressions, which stand for no name here. */
    public static boolean hasExpressions(Ingress ingress) {
        var text = ingress.annotations(Ingress.INGRESS_NGINX).getOrDefault(SERVER_ALIAS, "");
        return Stream.of(text.split(",", MOST_ALIASES + 1)).anyMatch(part -> isExpression(part.strip()));
    }

    private static boolean isExpression(String part) {
        return part.startsWith("~");
    }

    /** The names in a list with commas, without regular expressions; empty where one of them is no name. */
    public static Optional<List<Hostname>> aliases(String text) {
        var aliases = new ArrayList<Hostname>();
        if (text.length() > Bounds.SETTING) {
            return Optional.empty();
        }
        for (var part : text.split(",", MOST_ALIASES + 1)) {
            if (!part.isBlank() && !isExpression(part.strip())) {
                var host = Hostname.parse(part.strip()).filter(one -> !(one instanceof Hostname.Any));
                if (host.isEmpty()) {
                    return Optional.empty();
                }
                aliases.add(host.get());
            }
        }
        return Optional.of(aliases);
    }

    /** What a name of {@code server-alias} stands for: a wildcard for one label or more, as in nginx. */
    public static Hostname served(Hostname alias) {
        return alias instanceof Hostname.Wildcard(var suffix) ? new Hostname.Subdomains(suffix) : alias;
    }

    /** The other one of two hosts, of which one begins with {@code www.} */
    public static Optional<Hostname.Exact> withOrWithoutWww(Hostname host) {
        return host instanceof Hostname.Exact(var name)
                ? Hostname.parse(name.startsWith(WWW) ? name.substring(WWW.length()) : WWW + name)
                        .filter(Hostname.Exact.class::isInstance)
                        .map(Hostname.Exact.class::cast)
                : Optional.empty();
    }
}
