package dev.adit.translate.gateway.route;

import dev.adit.kube.BackendTlsPolicy;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.kube.Service;
import dev.adit.routing.Hostname;
import dev.adit.routing.upstream.EndpointTls;
import dev.adit.routing.upstream.EndpointTls.Subject;
import dev.adit.x509.SystemAuthorities;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * By whose certificates the endpoints of Services are judged: what BackendTLSPolicies say. Where one of them cannot be honoured, no request
 * goes to its Services.
 */
public final class BackendTls {
    // "The older policy by creation timestamp takes precedence. The policy appearing first in alphabetical order by
    // {namespace}/{name}" (BackendTLSPolicySpec.targetRefs).
    private static final Comparator<BackendTlsPolicy> PRECEDENCE = Comparator.comparing(BackendTlsPolicy::createdAt)
            .thenComparing(policy -> policy.key().toString());
    private static final String SYSTEM = "System";
    private static final Set<String> FORMS = Set.of("Hostname", "URI");

    private final Objects objects;
    private final AuthorityBundles bundles;
    private final Map<Place, BackendTlsPolicy> holders = new HashMap<>();
    private final Map<BackendTlsPolicy, String> lost = new HashMap<>();
    private final Map<BackendTlsPolicy, Judged> judged = new HashMap<>();
    private final List<BackendTlsPolicy> all;

    /** What one policy can be for. */
    private record Place(ObjectKey service, String port) {}

    /**
     * A policy, and what becomes of it.
     *
     * @param references whether all that it refers to is there
     * @param tls how the endpoints are spoken to; empty where they are not
     * @param isPending whether something of it is being read
     */
    public record Judged(
            BackendTlsPolicy policy,
            Verdict accepted,
            Verdict references,
            Optional<EndpointTls> tls,
            boolean isPending) {}

    /** Those among some objects. */
    public BackendTls(Objects objects) {
        this.objects = objects;
        this.bundles = new AuthorityBundles(objects);
        all = objects.all(BackendTlsPolicy.KIND).sorted(PRECEDENCE).toList();
        all.forEach(this::hold);
    }

    private void hold(BackendTlsPolicy policy) {
        for (var target : policy.targets()) {
            var holder = target.object().isOf(Service.KIND)
                    ? holders.putIfAbsent(new Place(service(policy, target), target.sectionName()), policy)
                    : null;
            if (holder != null) {
                lost.putIfAbsent(
                        policy,
                        holder.ref() + ", which goes before it, is for " + target.object()
                                + " already; remove that target from one of the two");
            }
        }
    }

    /** All of them, the one first that has precedence. */
    public List<BackendTlsPolicy> all() {
        return all;
    }

    /** The Services that one is for. */
    public static List<ObjectKey> services(BackendTlsPolicy policy) {
        return policy.targets().stream()
                .filter(target -> target.object().isOf(Service.KIND))
                .map(target -> service(policy, target))
                .toList();
    }

    /** That for a port of a Service: one for this port goes before one for all. */
    Optional<Judged> of(ObjectKey service, String port) {
        return Optional.ofNullable(holders.get(new Place(service, port)))
                .or(() -> Optional.ofNullable(holders.get(new Place(service, ""))))
                .map(this::of);
    }

    /** What becomes of one. What it refers to is looked for now, so that nothing is for one that nobody goes by. */
    public Judged of(BackendTlsPolicy policy) {
        return judged.computeIfAbsent(policy, this::judge);
    }

    private Judged judge(BackendTlsPolicy policy) {
        try {
            return read(policy);
        } catch (Throwable e) {
            var unread = Verdict.no("Invalid", "It could not be read: " + e);
            return new Judged(policy, unread, unread, Optional.empty(), false);
        }
    }

    private static ObjectKey service(BackendTlsPolicy policy, BackendTlsPolicy.Target target) {
        return new ObjectKey(policy.key().namespace(), target.object().name());
    }

    private Judged read(BackendTlsPolicy policy) {
        var authorities = new ArrayList<X509Certificate>();
        var sources = new ArrayList<String>();
        var references = Verdict.yes("ResolvedRefs");
        var isPending = false;
        for (var reference : policy.authorities()) {
            var key = new ObjectKey(policy.key().namespace(), reference.name());
            var found = bundles.find(reference, key, "InvalidKind");
            references = references.and(found.verdict());
            isPending |= found.isPending();
            authorities.addAll(found.certificates());
            if (found.verdict().holds()) {
                sources.add(key.toString());
            }
        }
        if (policy.authorities().isEmpty() && policy.wellKnown().equals(SYSTEM)) {
            authorities.addAll(SystemAuthorities.all());
            sources.add(SYSTEM);
        }
        var sound = sound(policy, !authorities.isEmpty());
        var subjects = policy.subjects().isEmpty()
                ? Stream.of(new Subject(Subject.Form.DNS, policy.hostname()))
                : policy.subjects().stream().map(BackendTls::subject);
        var tls = new EndpointTls(
                String.join("+", sources),
                Optional.of(policy.hostname()),
                subjects.toList(),
                authorities,
                Optional.empty(),
                List.of());
        return new Judged(
                policy,
                accepted(policy, sound),
                references,
                sound.holds() ? Optional.of(tls) : Optional.empty(),
                isPending);
    }

    /** A policy that has lost one of its targets holds for the others. */
    private Verdict accepted(BackendTlsPolicy policy, Verdict sound) {
        var why = lost.get(policy);
        if (why != null) {
            return Verdict.no("Conflicted", why);
        }
        return policy.targets().stream()
                .filter(target -> target.object().isOf(Service.KIND)
                        && !target.sectionName().isEmpty())
                .filter(target -> objects.find(Service.KIND, service(policy, target))
                        .filter(found -> found.ports().stream()
                                .noneMatch(port -> port.name().equals(target.sectionName())))
                        .isPresent())
                .findFirst()
                .map(target -> Verdict.no(
                        "TargetNotFound",
                        target.object() + " has no port of the name " + target.sectionName()
                                + ", so that its endpoints are not judged; correct sectionName"))
                .orElse(sound);
    }

    private static Subject subject(BackendTlsPolicy.Subject source) {
        var form = source.type().equals("URI") ? Subject.Form.URI : Subject.Form.DNS;
        return new Subject(form, source.value());
    }

    private static Verdict sound(BackendTlsPolicy policy, boolean hasAuthorities) {
        if (!policy.wellKnown().isEmpty() && !policy.wellKnown().equals(SYSTEM)) {
            // "Accepted ... status: False, with a Reason Invalid" (BackendTLSPolicyValidation.wellKnownCACertificates).
            return Verdict.no(
                    "Invalid",
                    "There are no authorities of the name '" + policy.wellKnown() + "', so that no request goes to the"
                            + " endpoints; use " + SYSTEM);
        }
        if (!hasAuthorities) {
            return Verdict.no(
                    "NoValidCACertificate",
                    "Nobody is trusted to sign the certificates of endpoints, so that no request goes there; name a ConfigMap"
                            + " with a ca.crt in validation.caCertificateRefs, or set wellKnownCACertificates to "
                            + SYSTEM);
        }
        if (Hostname.parse(policy.hostname())
                .filter(Hostname.Exact.class::isInstance)
                .isEmpty()) {
            return Verdict.no(
                    "Invalid",
                    "validation.hostname '" + policy.hostname() + "' is no host name, so that no request goes to"
                            + " the endpoints; correct it");
        }
        var unknown = policy.subjects().stream()
                .filter(subject -> subject.value().isEmpty() || !FORMS.contains(subject.type()))
                .findFirst();
        return unknown.map(subject -> Verdict.no(
                        "Invalid",
                        "A subjectAltName of type '" + subject.type() + "' is none that can be looked for, so that no"
                                + " request goes to the endpoints; use Hostname or URI, with a value"))
                .orElseGet(() -> Verdict.yes("Accepted"));
    }
}
