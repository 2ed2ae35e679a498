package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.kube.Problem.Reason;
import dev.adit.kube.Secret;
import dev.adit.routing.Certificate;
import dev.adit.routing.Hostname;
import dev.adit.translate.Problems;
import dev.adit.translate.SubjectNames;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds the certificates of {@code spec.tls}; of several for one host the oldest Ingress's is served, and none of another
 * namespace beside it.
 */
final class CertificateResolver {
    private final Objects objects;
    private final HostOwners owners;
    private final Predicate<Ingress> isStrict;
    private final Problems problems;
    private final Instant now;
    private final Set<Taken> taken = new HashSet<>();
    private final Map<ObjectKey, SubjectNames> names = new HashMap<>();
    private final List<Certificate> certificates = new ArrayList<>();

    private record Taken(Hostname host, String algorithm) {}

    /** An entry of {@code spec.tls[].hosts}. */
    private record Listed(String field, Hostname host) {}

    /**
     * Of no Ingress yet.
     *
     * @param isStrict whether an Ingress is served no certificate that is for other hosts, as by ingress-nginx
     */
    CertificateResolver(
            Objects objects, HostOwners owners, Predicate<Ingress> isStrict, Problems problems, Instant now) {
        this.isStrict = isStrict;
        this.now = now;
        this.objects = objects;
        this.owners = owners;
        this.problems = problems;
    }

    List<Certificate> certificates() {
        return certificates;
    }

    /**
     * Another name of a host has its certificates, unless it has some of its own.
     *
     * @param isApart whether it is another host, which has them only where they are for it
     */
    void alias(Hostname name, Hostname of, boolean isApart) {
        var own = certificates.stream().anyMatch(one -> one.hosts().contains(name));
        if (!own) {
            certificates.stream()
                    .filter(one -> one.hosts().contains(of))
                    .filter(one -> !isApart || SubjectNames.of(one.leaf()).cover(name))
                    .map(one -> one.servedFor(List.of(name)))
                    .toList()
                    .forEach(certificates::add);
        }
    }

    void resolve(Ingress ingress) {
        for (var i = 0; i < ingress.tls().size(); i++) {
            var tls = ingress.tls().get(i);
            var field = "spec.tls[" + i + "]";
            var listed = listed(ingress, field, tls);
            // Without a Secret the hosts are served with the default certificate.
            if (!tls.secretName().isEmpty()) {
                resolve(ingress, field, tls, listed);
            }
        }
    }

    /** Whatever is in a certificate, it keeps nobody but its own hosts from being served as they should. */
    private void resolve(Ingress ingress, String field, Ingress.Tls tls, List<Listed> listed) {
        try {
            content(ingress, field + ".secretName", tls).ifPresent(pair -> add(ingress, field, tls, listed, pair));
        } catch (Throwable e) {
            var message = "Secret %s/%s could not be read: %s. The default certificate is served instead"
                    .formatted(ingress.key().namespace(), tls.secretName(), e);
            problems.add(ingress, field + ".secretName", Reason.CERTIFICATE_INVALID, message);
        }
    }

    /** The hosts of an entry that it may have a certificate for. */
    private List<Listed> listed(Ingress ingress, String field, Ingress.Tls tls) {
        var listed = new ArrayList<Listed>();
        for (var i = 0; i < tls.hosts().size(); i++) {
            var place = field + ".hosts[" + i + "]";
            var text = tls.hosts().get(i);
            var host = Hostname.parse(text).filter(h -> !(h instanceof Hostname.Any));
            if (host.isEmpty()) {
                var message = "'" + text + "' is not a host name; write it as host.example.com or *.example.com";
                problems.add(ingress, place, Reason.HOST_INVALID, message);
            } else if (isClaimed(ingress, place, host.get())) {
                listed.add(new Listed(place, host.get()));
            }
        }
        return listed;
    }

    private boolean isClaimed(Ingress ingress, String field, Hostname host) {
        var other = owners.claimTls(host, ingress);
        other.ifPresent(holder -> {
            var message = "the certificate of host " + host.text() + " belongs to Ingress " + holder.key()
                    + ", which is older and in another namespace. This certificate is"
                    + " not served for that host; list the host there";
            problems.add(ingress, field, Reason.PATH_CONFLICT, message);
        });
        return other.isEmpty();
    }

    private Optional<Secret.Content.KeyPair> content(Ingress ingress, String field, Ingress.Tls tls) {
        var key = new ObjectKey(ingress.key().namespace(), tls.secretName());
        var content = objects.find(Secret.KIND, key).map(Secret::content);
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

    private void add(Ingress ingress, String field, Ingress.Tls tls, List<Listed> listed, Secret.Content.KeyPair pair) {
        var leaf = pair.chain().getFirst();
        var secret = new ObjectKey(ingress.key().namespace(), tls.secretName());
        var subjects = names.computeIfAbsent(secret, _ -> SubjectNames.of(leaf));
        var hosts = new ArrayList<Hostname>();
        if (tls.hosts().isEmpty()) {
            subjects.hosts().stream()
                    .filter(host -> isClaimed(ingress, field + ".secretName", host))
                    .forEach(hosts::add);
        }
        for (var entry : listed) {
            coverage(ingress, entry, subjects);
            if (!isStrict.test(ingress) || subjects.cover(entry.host())) {
                hosts.add(entry.host());
            }
        }
        validity(ingress, field + ".secretName", "Secret " + secret, leaf);
        // One of each kind of key for a host: the client says which it takes.
        hosts.removeIf(host -> !taken.add(new Taken(host, leaf.getPublicKey().getAlgorithm())));
        if (!hosts.isEmpty()) {
            certificates.add(new Certificate(hosts, secret.toString(), pair.key(), pair.chain()));
        }
    }

    private void coverage(Ingress ingress, Listed entry, SubjectNames subjects) {
        if (!subjects.cover(entry.host())) {
            var message = "the certificate is not for " + entry.host().text() + " but for " + subjects.text()
                    + (isStrict.test(ingress)
                            ? "; the default certificate is served instead. Use a certificate for this host"
                            : "; clients will reject it. Use a certificate for this host");
            problems.add(ingress, entry.field(), Reason.CERTIFICATE_HOST_MISMATCH, message);
        }
    }

    /** Served all the same: a clock that is wrong is more likely at the edge than a wrong certificate. */
    private void validity(Ingress ingress, String field, String secret, X509Certificate leaf) {
        var from = leaf.getNotBefore().toInstant();
        var until = leaf.getNotAfter().toInstant();
        if (now.isAfter(until)) {
            var message = secret + " expired at " + until + "; renew it, or correct the clock of this machine";
            problems.add(ingress, field, Reason.CERTIFICATE_EXPIRED, message);
        } else if (now.isBefore(from)) {
            var message = secret + " is not valid before " + from + "; correct the clock of this machine";
            problems.add(ingress, field, Reason.CERTIFICATE_NOT_YET_VALID, message);
        }
    }
}
