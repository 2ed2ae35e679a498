package dev.adit.kube;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A route of the Gateway API. */
public sealed interface GatewayRoute extends KubeObject permits HttpRoute, GrpcRoute, StreamRoute {
    /** All kinds of them. */
    static List<Kind<? extends GatewayRoute>> kinds() {
        return List.of(HttpRoute.KIND, GrpcRoute.KIND, TlsRoute.KIND, TcpRoute.KIND);
    }

    /** Of its {@code spec}, which a condition in its status refers to. */
    long generation();

    Instant createdAt();

    List<HttpRoute.ParentRef> parents();

    List<String> hostnames();

    /** In the terms of HTTP. */
    List<HttpRoute.Rule> rules();

    /** The Services that it names, whether they are there or not. */
    default Stream<ObjectKey> services() {
        var filters = Stream.concat(
                rules().stream().flatMap(rule -> rule.filters().stream()),
                rules().stream().flatMap(rule -> rule.backends().stream()).flatMap(one -> one.filters().stream()));
        var mirrors = filters.filter(HttpRoute.Filter.Mirror.class::isInstance)
                .map(filter -> ((HttpRoute.Filter.Mirror) filter).object());
        var backends =
                rules().stream().flatMap(rule -> rule.backends().stream()).map(HttpRoute.Backend::object);
        return Stream.concat(backends, mirrors)
                .filter(reference -> reference.isOf(Service.KIND))
                .map(reference -> reference.from(key().namespace()));
    }
}
