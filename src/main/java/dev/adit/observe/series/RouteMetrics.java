package dev.adit.observe.series;

/** By which names the requests of each route are counted, besides those of all routes together. */
public enum RouteMetrics {
    /** They are not. */
    TOTALS,
    /** By Adit's own. */
    ADIT,
    /** By those of ingress-nginx, for dashboards and alerts that know these. */
    NGINX,
    BOTH;

    public boolean areAdits() {
        return this == ADIT || this == BOTH;
    }

    public boolean areOfIngressNginx() {
        return this == NGINX || this == BOTH;
    }
}
