package dev.adit.translate;

import dev.adit.kube.ObjectRef;
import dev.adit.routing.Hostname;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the routes of the Gateway API are attached to. A change of one concerns those with which it shares a place, and how many routes its
 * listeners have; nothing else. Of one thread.
 */
public final class RouteLinks {
    private final Map<Listener, Integer> elsewhere;
    private final Map<ObjectRef, Link> links = new HashMap<>();

    /**
     * Where the requests for a host come in.
     *
     * @param port of the routing table
     */
    public record Place(int port, Hostname host) {
        // By hand, as those of ObjectKey.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Place(var otherPort, var otherHost) && port == otherPort && host.equals(otherHost);
        }

        @Override
        public int hashCode() {
            return 31 * port + host.hashCode();
        }
    }

    /** A listener of a Gateway or of a ListenerSet. */
    public record Listener(ObjectRef owner, String name) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Listener(var otherOwner, var otherName)
                    && name.equals(otherName)
                    && owner.equals(otherOwner);
        }

        @Override
        public int hashCode() {
            return 31 * owner.hashCode() + name.hashCode();
        }
    }

    /**
     * Of one route.
     *
     * @param listeners that count it
     */
    public record Link(Set<Place> places, Set<Listener> listeners) {
        public static final Link NONE = new Link(Set.of(), Set.of());

        public Link {
            places = Set.copyOf(places);
            listeners = Set.copyOf(listeners);
        }
    }

    /** Of all routes. */
    public RouteLinks() {
        this(Map.of());
    }

    /**
     * Of some of them.
     *
     * @param elsewhere how many others each listener has
     */
    public RouteLinks(Map<Listener, Integer> elsewhere) {
        this.elsewhere = Map.copyOf(elsewhere);
    }

    /** Takes note of a route. */
    public void note(ObjectRef route, Link link) {
        links.put(route, link);
    }

    /** How many routes a listener has that are not looked at. */
    public int elsewhere(Listener listener) {
        return elsewhere.getOrDefault(listener, 0);
    }

    /** Those that were noted. */
    public Map<ObjectRef, Link> all() {
        return links;
    }
}
