package dev.adit.translate.gateway.route;

import dev.adit.kube.ConfigMap;
import dev.adit.kube.ForeignReference;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.kube.Secret;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** The certificates of authorities that objects of the Gateway API refer to: the {@code ca.crt} of a ConfigMap or a Secret. */
public final class AuthorityBundles {
    private static final String INVALID = "InvalidCACertificateRef";

    private final Objects objects;

    /** Those among some objects. */
    public AuthorityBundles(Objects objects) {
        this.objects = objects;
    }

    /**
     * What came of it.
     *
     * @param certificates none where it does not hold
     * @param isPending whether it is being read
     */
    public record Found(Verdict verdict, List<X509Certificate> certificates, boolean isPending) {
        private static Found none(String reason, String message) {
            return new Found(Verdict.no(reason, message), List.of(), false);
        }
    }

    /**
     * Looks for one.
     *
     * @param ofKind the reason where it is an object of another kind
     */
    public Found find(ForeignReference reference, ObjectKey key, String ofKind) {
        if (!reference.isOf(ConfigMap.KIND) && !reference.isOf(Secret.KIND)) {
            return Found.none(ofKind, reference + " holds no authorities; name a ConfigMap");
        }
        var name = reference.kind() + " " + key;
        return authorities(reference, key)
                .map(found -> found(name, found))
                .orElseGet(() -> Found.none(INVALID, name + " does not exist; create it with a ca.crt"));
    }

    private Optional<Secret.Authorities> authorities(ForeignReference reference, ObjectKey key) {
        return reference.isOf(ConfigMap.KIND)
                ? objects.find(ConfigMap.KIND, key).map(ConfigMap::authorities)
                : objects.find(Secret.KIND, key).map(Secret::authorities);
    }

    private static Found found(String name, Secret.Authorities authorities) {
        return switch (authorities) {
            case Secret.Authorities.Trusted(var trusted) -> new Found(Verdict.yes("ResolvedRefs"), trusted, false);
            case Secret.Authorities.Unread _ ->
                new Found(Verdict.no(INVALID, name + " is being read"), List.of(), true);
            case Secret.Authorities.None _ ->
                Found.none(INVALID, name + " has no ca.crt; add the certificates of the authorities");
            case Secret.Authorities.Broken(var message) ->
                Found.none(INVALID, name + ", ca.crt: " + message + "; correct it");
        };
    }
}
