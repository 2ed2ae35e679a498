package dev.adit.kube;

import java.time.Instant;
import java.util.List;

/**
 * A gateway.networking.k8s.io/v1 BackendTLSPolicy: by whose certificates the endpoints of Services are judged.
 *
 * @param generation of its {@code spec}, which a condition in its status refers to
 * @param targets for which Services it holds
 * @param authorities where the certificates are of those who sign them
 * @param wellKnown a set of authorities that has a name, in place of these; empty for none
 * @param hostname that endpoints are called by
 * @param subjects one of which their certificates have to be for; the hostname where there is none
 * @param unread fields that ask for more than Adit does, by their names
 */
public record BackendTlsPolicy(
        ObjectKey key,
        String uid,
        long generation,
        Instant createdAt,
        List<Target> targets,
        List<ForeignReference> authorities,
        String wellKnown,
        String hostname,
        List<Subject> subjects,
        List<String> unread)
        implements KubeObject {
    public static final Kind<BackendTlsPolicy> KIND = Kind.general(
            "gateway.networking.k8s.io/v1", "BackendTLSPolicy", "backendtlspolicies", BackendTlsPolicy.class);

    public BackendTlsPolicy {
        targets = List.copyOf(targets);
        authorities = List.copyOf(authorities);
        subjects = List.copyOf(subjects);
        unread = List.copyOf(unread);
    }

    /**
     * An object in the namespace of the policy.
     *
     * @param sectionName the name of a port; empty for all
     */
    public record Target(ForeignReference object, String sectionName) {}

    /**
     * A name in a certificate.
     *
     * @param type {@code Hostname} or {@code URI}
     */
    public record Subject(String type, String value) {}

    @Override
    public Kind<BackendTlsPolicy> kind() {
        return KIND;
    }
}
