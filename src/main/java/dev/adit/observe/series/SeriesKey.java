package dev.adit.observe.series;

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
     * @param service of the route; the first one where there are several
     * @param canary the one of the others that was asked in its place, as ingress-nginx names it
     */
    public record Place(
            String kind, String namespace, String name, String host, String path, String service, String canary) {
        /** Where nobody went. */
        public static final Place NOWHERE = new Place("", "", "", "_", "", "", "");
    }
}
