package dev.adit.bench;

/**
 * How much a subject has to serve: route {@code i} is the whole of host {@code h<i>.example.com}.
 *
 * @param certificates the first so many hosts have one of their own
 */
public record Scale(int routes, int certificates) {
    public String host(int route) {
        return "h" + route + ".example.com";
    }

    /** The route that is there last, so that its first answer means that all are. */
    public String lastHost() {
        return host(routes - 1);
    }
}
