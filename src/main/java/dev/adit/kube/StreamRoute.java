package dev.adit.kube;

import java.util.List;
import java.util.Optional;

/** A route of the Gateway API for connections, whose bytes pass. */
public sealed interface StreamRoute extends GatewayRoute permits TlsRoute, TcpRoute {
    /** To where, for each of its rules. Only the first rule has an effect: the API allows no other. */
    List<List<HttpRoute.Backend>> backends();

    @Override
    default List<HttpRoute.Rule> rules() {
        var everything = new HttpRoute.Match("PathPrefix", "/", "", List.of(), List.of());
        return backends().stream()
                .map(all -> new HttpRoute.Rule(
                        List.of(everything), List.of(), all, "", "", Optional.empty(), Optional.empty()))
                .toList();
    }
}
