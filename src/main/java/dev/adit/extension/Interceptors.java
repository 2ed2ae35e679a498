package dev.adit.extension;

import dev.adit.routing.RouteOrigin;
import java.util.List;

/** All interceptors there are. */
public record Interceptors(List<RouteInterceptor> all) {
    public static final Interceptors NONE = new Interceptors(List.of());

    public Interceptors {
        all = List.copyOf(all);
    }

    /** Those of one route, in the order of the beans: they are for Ingresses. */
    public List<RouteInterceptor> of(RouteOrigin route) {
        return all.isEmpty() || !route.isOfIngress()
                ? List.of()
                : all.stream()
                        .filter(one -> one.isFor(route.namespace(), route.name()))
                        .toList();
    }

    public boolean concern(RouteOrigin route) {
        return !of(route).isEmpty();
    }
}
