package dev.adit.observe.statistics;

import dev.adit.routing.Hostname;
import dev.adit.routing.Route;
import dev.adit.routing.Tunnel;
import dev.adit.routing.text.RoutingText;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A route at a host, as its object says it. A route keeps its figures when its object changes elsewhere.
 *
 * @param match as {@link RoutingText#match} writes it
 */
public record RouteKey(String kind, String namespace, String name, String host, String match) {
    /** Requests that no route took. */
    public static final RouteKey NONE = new RouteKey("", "", "", "", "");

    /** Requests of routes beyond those that are counted one by one. */
    public static final RouteKey OTHERS = new RouteKey("", "", "", "*", "others");

    public static RouteKey of(Hostname host, Route route) {
        var origin = route.origin();
        return new RouteKey(
                origin.kind(), origin.namespace(), origin.name(), host.text(), RoutingText.match(route.match()));
    }

    /** Connections to a host that pass unread. */
    public static RouteKey of(Hostname host, Tunnel tunnel) {
        var origin = tunnel.origin();
        return new RouteKey(origin.kind(), origin.namespace(), origin.name(), host.text(), "tunnel");
    }

    // By hand: what javac makes for a record starts slowly in a native image.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RouteKey key
                && match.equals(key.match)
                && host.equals(key.host)
                && name.equals(key.name)
                && namespace.equals(key.namespace)
                && kind.equals(key.kind);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, namespace, name, host, match);
    }
}
