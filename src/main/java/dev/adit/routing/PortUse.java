package dev.adit.routing;

/**
 * What a port of this machine is open for. With another use it is another port: no connection that was made for one goes on with the other.
 *
 * @param isSecure whether TLS ends there
 * @param owner the Gateway that has it for itself; empty for a port of all Gateways
 */
public record PortUse(boolean isSecure, String owner) {
    /** As a message names it. */
    @Override
    public String toString() {
        return (isSecure ? "HTTPS" : "HTTP") + (owner.isEmpty() ? "" : " of Gateway " + owner);
    }
}
