package dev.adit.translate;

import dev.adit.routing.Hostname;
import dev.adit.x509.AlternativeNames;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The hosts that a certificate is for, looked up once however many hosts are served with it.
 *
 * @param text them, as a message names them
 */
public record SubjectNames(Set<Hostname> hosts, String text) {
    private static final int NAMED = 10;

    /** Those of a leaf certificate. */
    public static SubjectNames of(X509Certificate leaf) {
        var names = dnsNames(leaf);
        var hosts = new LinkedHashSet<Hostname>();
        for (var name : names) {
            Hostname.parse(name).filter(host -> !(host instanceof Hostname.Any)).ifPresent(hosts::add);
        }
        return new SubjectNames(hosts, text(names));
    }

    /** RFC 9525 §6.3: the name itself, or one label under a wildcard. */
    public boolean cover(Hostname host) {
        return hosts.contains(host)
                || (host instanceof Hostname.Exact(var name)
                        && hosts.contains(new Hostname.Wildcard(Hostname.wildcardSuffix(name))));
    }

    private static String text(List<String> names) {
        if (names.isEmpty()) {
            return "no name at all";
        }
        var more = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
        return String.join(", ", names.stream().limit(NAMED).toList()) + more;
    }

    private static List<String> dnsNames(X509Certificate leaf) {
        try {
            return AlternativeNames.of(leaf).dns();
        } catch (IllegalArgumentException _) {
            return List.of();
        }
    }
}
