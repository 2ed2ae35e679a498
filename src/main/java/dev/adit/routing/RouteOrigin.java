package dev.adit.routing;

/**
 * The object and the place in it that a route was written in, for explanations.
 *
 * @param kind as Kubernetes names it
 * @param field within the object
 */
public record RouteOrigin(String kind, String namespace, String name, String field) {
    private static final String INGRESS = "Ingress";

    /** Of an Ingress. */
    public RouteOrigin(String namespace, String name, String field) {
        this(INGRESS, namespace, name, field);
    }

    public boolean isOfIngress() {
        return kind.equals(INGRESS);
    }

    /** The kind is left out of most that there are. */
    @Override
    public String toString() {
        return (isOfIngress() ? "" : kind + " ") + namespace + "/" + name + " " + field;
    }
}
