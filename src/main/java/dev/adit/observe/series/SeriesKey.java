package dev.adit.observe.series;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What tells a series from others.
 *
 * @param place empty where no route took the requests
 * @param method one of those that HTTP defines, or {@code _OTHER}
 * @param status that clients got, or 0 where they got none
 */
public record SeriesKey(Place place, String method, int status) {

    /**
     * Where requests went: their route, as its object says it.
     *
     * @param service that was asked, or else the first one of the route
     * @param port of the Service, 0 where there is none
     * @param canary another Service of the route that was asked in its place, as ingress-nginx names it
     */
    public record Place(
            String kind,
            String namespace,
            String name,
            String host,
            String path,
            String service,
            int port,
            String canary) {
        /** Where nobody went. */
        public static final Place NOWHERE = new Place("", "", "", "_", "", "", 0, "");
    }

    // By hand, as that of ObjectKey: each request looks one up.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SeriesKey key
                && status == key.status
                && method.equals(key.method)
                && place.equals(key.place);
    }

    @Override
    public int hashCode() {
        return Objects.hash(place, method, status);
    }
}
