package dev.adit.routing;

/**
 * What a port of this machine is open for. With another use it is another port: no connection that was made for one goes on with the other.
 *
 * @param owner the Gateway that has it for itself; empty for a port of all Gateways
 */
public record PortUse(Protocol protocol, String owner) {
    /** What its connections begin with. */
    public enum Protocol {
        HTTP,
        /** TLS, whether it ends here or not, and whatever is in it. */
        HTTPS,
        TCP
    }

    /** Whether its connections begin with a handshake of TLS. */
    public boolean isSecure() {
        return protocol == Protocol.HTTPS;
    }

    /** As a message names it. */
    @Override
    public String toString() {
        return protocol + (owner.isEmpty() ? "" : " of Gateway " + owner);
    }
}
