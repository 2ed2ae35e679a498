package dev.adit.control.incremental;

import dev.adit.collection.Multimap;
import dev.adit.kube.ObjectRef;
import dev.adit.translate.RouteLinks;
import dev.adit.translate.RouteLinks.Link;
import dev.adit.translate.RouteLinks.Listener;
import dev.adit.translate.RouteLinks.Place;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What all routes of the Gateway API were attached to when they were translated last. */
final class AttachedRoutes {
    private final Map<ObjectRef, Link> links = new HashMap<>();
    private final Multimap<Place, ObjectRef> byPlace = new Multimap<>(HashMap::new);
    private final Map<Listener, Integer> counts = new HashMap<>();

    /** Forgets everything, and begins with these. */
    void reset(RouteLinks all) {
        links.clear();
        byPlace.clear();
        counts.clear();
        all.all().forEach(this::put);
    }

    /** Takes note of what some of them are now; a route that has no link is attached to nothing. */
    void update(Collection<ObjectRef> routes, RouteLinks now) {
        routes.forEach(this::remove);
        now.all().forEach(this::put);
    }

    /** For a look at these alone. */
    RouteLinks without(Collection<ObjectRef> routes) {
        var others = new HashMap<>(counts);
        routes.forEach(route -> of(route).listeners().forEach(listener -> others.merge(listener, -1, Integer::sum)));
        return new RouteLinks(others);
    }

    /** Where these were and are. */
    Set<Place> places(Collection<ObjectRef> routes, RouteLinks now) {
        var places = new HashSet<Place>();
        routes.forEach(route -> places.addAll(of(route).places()));
        now.all().values().forEach(link -> places.addAll(link.places()));
        return places;
    }

    /** All routes of some places. */
    Set<ObjectRef> at(Collection<Place> places) {
        var routes = new HashSet<ObjectRef>();
        places.forEach(place -> routes.addAll(byPlace.get(place)));
        return routes;
    }

    private Link of(ObjectRef route) {
        return links.getOrDefault(route, Link.NONE);
    }

    private void put(ObjectRef route, Link link) {
        links.put(route, link);
        link.places().forEach(place -> byPlace.put(place, route));
        link.listeners().forEach(listener -> counts.merge(listener, 1, Integer::sum));
    }

    private void remove(ObjectRef route) {
        var link = of(route);
        links.remove(route);
        link.places().forEach(place -> byPlace.remove(place, route));
        link.listeners().forEach(listener -> counts.merge(listener, -1, Integer::sum));
    }
}
