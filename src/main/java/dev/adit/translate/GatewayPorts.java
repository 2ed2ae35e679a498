package dev.adit.translate;

import java.util.Set;

/**
 * At which ports and addresses the listeners of Gateways are.
 *
 * @param reserved those ports of this machine that serve something else
 */
public record GatewayPorts(Mode mode, Set<Integer> reserved) {
    /** How clients come to the listeners of Gateways. */
    public enum Mode {
        /** All of them at the addresses of this controller: at its ports for HTTP and HTTPS, and at whatever other port they state. */
        SHARED,
        /** Each Gateway at an address of its own, by a Service that leads to ports of this controller which nobody else has. */
        SERVICE
    }

    /** Of this machine, which are given to the Gateways that have Services. */
    public static final int FIRST = 20_000;

    /** The last one of them. */
    public static final int LAST = 20_999;

    /** All at the addresses of this controller. */
    public static final GatewayPorts SHARED = new GatewayPorts(Mode.SHARED, Set.of());

    public GatewayPorts {
        reserved = Set.copyOf(reserved);
    }

    /** The same with other ports that serve something else. */
    public GatewayPorts reserving(Set<Integer> ports) {
        return new GatewayPorts(mode, ports);
    }
}
