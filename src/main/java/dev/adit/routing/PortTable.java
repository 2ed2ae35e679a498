package dev.adit.routing;

import dev.adit.collection.Layered;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the listeners of Gateways have on one port of this machine.
 *
 * @param stated the port by which listeners and clients know it
 * @param use what it is open for
 * @param certificates those of the listeners; none on a port of Ingresses, where {@link RoutingTable#certificates} holds them
 */
public record PortTable(
        int stated, PortUse use, Layered<Hostname, Host> hosts, Layered<Hostname, List<Certificate>> certificates) {

    /** Of several certificates with one kind of key for a host, the first is served. */
    public PortTable(int stated, PortUse use, List<Host> hosts, List<Certificate> certificates) {
        this(stated, use, RoutingTable.byName(hosts), RoutingTable.byHost(certificates));
    }

    /** One that is shared with Ingresses. */
    public static PortTable shared(int port, List<Host> hosts) {
        return new PortTable(
                port,
                new PortUse(port == RoutingTable.HTTPS ? PortUse.Protocol.HTTPS : PortUse.Protocol.HTTP, ""),
                hosts,
                List.of());
    }

    /**
     * The same with other hosts.
     *
     * @param changed by name; empty for one that goes
     */
    public PortTable with(Map<Hostname, Optional<Host>> changed) {
        return new PortTable(stated, use, hosts.with(changed), certificates);
    }

    /** As people look for them. */
    public List<Host> hostsByName() {
        return RoutingTable.sorted(hosts);
    }

    /** Each once. */
    public List<Certificate> certificatesByName() {
        return RoutingTable.sortedOnce(certificates);
    }
}
