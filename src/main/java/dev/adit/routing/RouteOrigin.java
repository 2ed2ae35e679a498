package dev.adit.routing;

/** The place in an Ingress that a route was written in, for explanations. */
public record RouteOrigin(String namespace, String ingress, String field) {
    @Override
    public String toString() {
        return namespace + "/" + ingress + " " + field;
    }
}
