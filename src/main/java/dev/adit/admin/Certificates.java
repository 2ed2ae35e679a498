package dev.adit.admin;

import dev.adit.collection.Layered;
import dev.adit.routing.Certificate;
import dev.adit.routing.Hostname;
import dev.adit.routing.PortTable;
import dev.adit.routing.RoutingTable;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/** The certificates that are served, for Ingresses and for Gateways. */
final class Certificates {
    private Certificates() {}

    /** A certificate and one of the names it is served for. */
    record Served(Hostname host, Certificate certificate) {
        String namespace() {
            return certificate
                    .secret()
                    .substring(0, Math.max(0, certificate.secret().indexOf('/')));
        }

        String secret() {
            return certificate.secret().substring(certificate.secret().indexOf('/') + 1);
        }

        String serial() {
            return certificate.leaf().getSerialNumber().toString(16);
        }

        /** When it ends, in seconds after 1970. */
        double end() {
            return certificate.leaf().getNotAfter().toInstant().getEpochSecond();
        }
    }

    /** Each once, whichever ports it is served on. */
    static Set<Served> of(RoutingTable table) {
        var served = new LinkedHashSet<Served>();
        Stream.concat(
                        Stream.of(table.certificates()),
                        table.ports().values().stream().map(PortTable::certificates))
                .flatMap(Layered::entries)
                .forEach(entry -> entry.getValue().forEach(one -> served.add(new Served(entry.getKey(), one))));
        return served;
    }
}
