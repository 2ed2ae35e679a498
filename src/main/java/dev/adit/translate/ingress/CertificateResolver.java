package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem.Reason;
import dev.adit.kube.TlsSecret;
import dev.adit.routing.Certificate;
import dev.adit.routing.Hostname;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
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
    private final Set<Hostname> taken = new HashSet<>();
    private final List<Certificate> certificates = new ArrayList<>();

    CertificateResolver(KubeSnapshot snapshot, Problems problems) {
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
                content(ingress, field, tls).ifPresent(pair -> add(ingress, field, tls, pair));
            }
        }
    }

    private Optional<TlsSecret.Content.KeyPair> content(Ingress ingress, String field, Ingress.Tls tls) {
        var key = new ObjectKey(ingress.key().namespace(), tls.secretName());
        var secret = snapshot.secret(key);
        if (secret.isEmpty()) {
            var message = "Secret " + key + " of type kubernetes.io/tls does not exist; create it with "
                    + "`kubectl create secret tls`. The default certificate is served instead";
            problems.add(ingress, field + ".secretName", Reason.SECRET_NOT_FOUND, message);
            return Optional.empty();
        }
        return switch (secret.get().content()) {
            case TlsSecret.Content.KeyPair pair -> Optional.of(pair);
            case TlsSecret.Content.Broken broken -> {
                var message = "Secret " + key + ", " + broken.field() + ": " + broken.message()
                        + ". The default certificate is served instead";
                problems.add(ingress, field + ".secretName", Reason.CERTIFICATE_INVALID, message);
                yield Optional.empty();
            }
        };
    }

    private void add(Ingress ingress, String field, Ingress.Tls tls, TlsSecret.Content.KeyPair pair) {
        var hosts = new ArrayList<Hostname>();
        if (tls.hosts().isEmpty()) {
            subjectAlternativeNames(pair.chain().getFirst())
                    .forEach(name -> Hostname.parse(name).ifPresent(hosts::add));
        }
        for (var i = 0; i < tls.hosts().size(); i++) {
            var text = tls.hosts().get(i);
            var host = Hostname.parse(text).filter(h -> !(h instanceof Hostname.Any));
            if (host.isEmpty()) {
                var message = "'" + text + "' is not a host name; write it as host.example.com or *.example.com";
                problems.add(ingress, field + ".hosts[" + i + "]", Reason.HOST_INVALID, message);
            }
            host.ifPresent(hosts::add);
        }
        hosts.removeIf(host -> !taken.add(host));
        if (!hosts.isEmpty()) {
            var secret = ingress.key().namespace() + "/" + tls.secretName();
            certificates.add(new Certificate(hosts, secret, pair.key(), pair.chain()));
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
