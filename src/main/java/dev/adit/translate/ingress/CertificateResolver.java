package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem.Reason;
import dev.adit.kube.Secret;
import dev.adit.routing.Certificate;
import dev.adit.routing.Hostname;
import dev.adit.translate.Problems;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the certificates of {@code spec.tls}; of several for one host the oldest Ingress's is served. */
final class CertificateResolver {
    private static final int DNS_NAME = 2;

    private final KubeSnapshot snapshot;
    private final Problems problems;
    private final Instant now;
    private final Set<Taken> taken = new HashSet<>();
    private final List<Certificate> certificates = new ArrayList<>();

    private record Taken(Hostname host, String algorithm) {}

    CertificateResolver(KubeSnapshot snapshot, Problems problems, Instant now) {
        this.now = now;
        this.snapshot = snapshot;
        this.problems = problems;
    }

    List<Certificate> certificates() {
        return certificates;
    }

    void resolve(Ingress ingress) {
        for (var i = 0; i < ingress.tls().size(); i++) {
            var tls = ingress.tls().get(i);
            var field = "spec.tls[" + i + "]";
            // Without a Secret the hosts are served with the default certificate.
            if (!tls.secretName().isEmpty()) {
                content(ingress, field + ".secretName", tls).ifPresent(pair -> add(ingress, field, tls, pair));
            }
        }
    }

    private Optional<Secret.Content.KeyPair> content(Ingress ingress, String field, Ingress.Tls tls) {
        var key = new ObjectKey(ingress.key().namespace(), tls.secretName());
        var content = snapshot.secret(key).map(Secret::content);
        if (content.isEmpty()) {
            problems.add(ingress, field, Reason.SECRET_NOT_FOUND, missing(key, "the default certificate"));
            return Optional.empty();
        }
        return switch (content.get()) {
            case Secret.Content.KeyPair pair -> Optional.of(pair);
            case Secret.Content.Unread _ -> Optional.empty();
            case Secret.Content.Gone(var lastGood) -> {
                problems.add(ingress, field, Reason.SECRET_NOT_FOUND, missing(key, "what it held before"));
                yield Optional.of(lastGood);
            }
            case Secret.Content.Broken broken -> {
                var served = broken.lastGood().isPresent() ? "What it held before" : "The default certificate";
                var message = "Secret %s, %s: %s. %s is served instead"
                        .formatted(key, broken.field(), broken.message(), served);
                var reason = broken.isMismatch() ? Reason.CERTIFICATE_KEY_MISMATCH : Reason.CERTIFICATE_INVALID;
                problems.add(ingress, field, reason, message);
                yield broken.lastGood();
            }
        };
    }

    private static String missing(ObjectKey key, String served) {
        return "Secret " + key + " of type kubernetes.io/tls does not exist; create it with "
                + "`kubectl create secret tls`. Until then " + served + " is served";
    }

    private void add(Ingress ingress, String field, Ingress.Tls tls, Secret.Content.KeyPair pair) {
        var leaf = pair.chain().getFirst();
        var names = subjectAlternativeNames(leaf);
        var hosts = new ArrayList<Hostname>();
        if (tls.hosts().isEmpty()) {
            names.forEach(name -> Hostname.parse(name).ifPresent(hosts::add));
        }
        for (var i = 0; i < tls.hosts().size(); i++) {
            host(ingress, field + ".hosts[" + i + "]", tls.hosts().get(i), names)
                    .ifPresent(hosts::add);
        }
        var secret = ingress.key().namespace() + "/" + tls.secretName();
        validity(ingress, field + ".secretName", "Secret " + secret, leaf);
        // One of each kind of key for a host: the client says which it takes.
        hosts.removeIf(host -> !taken.add(new Taken(host, leaf.getPublicKey().getAlgorithm())));
        if (!hosts.isEmpty()) {
            certificates.add(new Certificate(hosts, secret, pair.key(), pair.chain()));
        }
    }

    private Optional<Hostname> host(Ingress ingress, String field, String text, List<String> names) {
        var host = Hostname.parse(text).filter(h -> !(h instanceof Hostname.Any));
        if (host.isEmpty()) {
            var message = "'" + text + "' is not a host name; write it as host.example.com or *.example.com";
            problems.add(ingress, field, Reason.HOST_INVALID, message);
        } else if (names.stream().noneMatch(name -> covers(name, host.get()))) {
            var message = "the certificate is not for " + text + " but for "
                    + (names.isEmpty() ? "no name at all" : String.join(", ", names))
                    + "; clients will refuse it. Have one issued for this host";
            problems.add(ingress, field, Reason.CERTIFICATE_HOST_MISMATCH, message);
        }
        return host;
    }

    /** RFC 9525 §6.3: the name itself, or one label under a wildcard. */
    private static boolean covers(String subjectName, Hostname host) {
        return Hostname.parse(subjectName)
                .map(name -> name.equals(host)
                        || (name instanceof Hostname.Wildcard(var suffix)
                                && host instanceof Hostname.Exact(var exact)
                                && suffix.equals(Hostname.wildcardSuffix(exact))))
                .orElse(false);
    }

    /** Served all the same: a clock that is wrong is more likely at the edge than a wrong certificate. */
    private void validity(Ingress ingress, String field, String secret, X509Certificate leaf) {
        var from = leaf.getNotBefore().toInstant();
        var until = leaf.getNotAfter().toInstant();
        if (now.isAfter(until)) {
            var message = secret + " expired at " + until + "; renew it, or set the clock of this machine";
            problems.add(ingress, field, Reason.CERTIFICATE_EXPIRED, message);
        } else if (now.isBefore(from)) {
            var message = secret + " is valid only from " + from + "; set the clock of this machine";
            problems.add(ingress, field, Reason.CERTIFICATE_NOT_YET_VALID, message);
        }
    }

    private static List<String> subjectAlternativeNames(X509Certificate leaf) {
        try {
            var names = leaf.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(n -> n.getFirst().equals(DNS_NAME))
                            .map(n -> n.get(1).toString())
                            .toList();
        } catch (CertificateParsingException _) {
            return List.of();
        }
    }
}
