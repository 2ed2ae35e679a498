package dev.adit.observe.series;

/** The counters of each route, and by which names they are told. */
public final class RouteMeters {
    private final RouteSeries series = new RouteSeries();
    private volatile RouteMetrics names = RouteMetrics.TOTALS;

    /** Has them told by these names. */
    public RouteSeries countBy(RouteMetrics by) {
        names = by;
        return series;
    }

    public RouteMetrics names() {
        return names;
    }

    public RouteSeries series() {
        return series;
    }
}
