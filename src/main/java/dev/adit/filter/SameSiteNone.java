package dev.adit.filter;

/** Which clients refuse a cookie with {@code SameSite=None}, or take it for {@code Strict}: those that ingress-nginx knows. */
final class SameSiteNone {
    private SameSiteNone() {}

    /**
     * Whether a client takes such a cookie for what it is.
     *
     * @param agent its field User-Agent; empty where it says nothing
     */
    static boolean isUnderstood(String agent) {
        var isChrome = agent.contains("Chrome/");
        return !(agent.contains("Chrome/4")
                || agent.contains("Chrome/5")
                || agent.contains("Chrome/6")
                || agent.contains("CPU iPhone OS 12")
                || agent.contains("iPad; CPU OS 12")
                || (agent.contains("Macintosh")
                        && agent.contains("Intel Mac OS X 10_14")
                        && agent.contains("Safari")
                        && !isChrome));
    }
}
