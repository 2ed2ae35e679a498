package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.Route;
import dev.adit.translate.IngressHosts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Hosts that are there though no rule names them: other names of a host, and those that redirect to one. */
final class AliasHosts {
    private final Map<Hostname, Alias> aliases = new LinkedHashMap<>();

    /**
     * One of them.
     *
     * @param of the host whose other name it is
     * @param redirect what it does instead of serving what that host serves
     */
    record Alias(Ingress ingress, Hostname of, Optional<Route> redirect) {}

    void add(Hostname name, Alias alias) {
        aliases.putIfAbsent(name, alias);
    }

    /** The older Ingress of another namespace that has a host by its alias; what comes later has no rules for it. */
    Optional<Ingress> elsewhere(Hostname host, Ingress ingress) {
        return Optional.ofNullable(aliases.get(host))
                .map(Alias::ingress)
                .filter(holder -> !holder.key().namespace().equals(ingress.key().namespace()));
    }

    /**
     * Those that no rule names, with the routes of the host that each stands for. A wildcard is claimed by its name, as in rules. Here it
     * becomes one for any number of labels.
     */
    Stream<Host> hosts(Map<Hostname, Host> named) {
        return aliases.entrySet().stream()
                .filter(entry -> !named.containsKey(entry.getKey()))
                .flatMap(entry -> host(
                        entry.getKey(),
                        entry.getValue(),
                        named.get(entry.getValue().of()))
                        .stream());
    }

    private static Optional<Host> host(Hostname name, Alias alias, @Nullable Host of) {
        var namespace = alias.ingress().key().namespace();
        return alias.redirect()
                .map(route -> new Host(name, namespace, List.of(route)))
                .or(() -> Optional.ofNullable(of)
                        .map(host -> new Host(IngressHosts.served(name), host.owner(), host.routes(), host.tunnel())));
    }

    Map<Hostname, Alias> all() {
        return Map.copyOf(aliases);
    }
}
