package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.kube.Problem.Reason;
import dev.adit.kube.Secret;
import dev.adit.routing.policy.ClientCertificate;
import dev.adit.translate.Problems;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.AnnotationReader;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.Dialect;
import dev.adit.translate.annotation.adit.ClientCertificates;
import dev.adit.translate.annotation.nginx.AuthTls;
import dev.adit.translate.annotation.nginx.NginxDialect;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Finds who has to vouch for the clients of an Ingress; where that is not known, nobody is let in. */
final class ClientCaResolver {
    private final Objects objects;
    private final AnnotationReader annotations;
    private final Problems problems;
    private final Map<ObjectKey, Demand<ClientCertificate>> resolved = new HashMap<>();

    ClientCaResolver(Objects objects, AnnotationReader annotations, Problems problems) {
        this.objects = objects;
        this.annotations = annotations;
        this.problems = problems;
    }

    /** What an Ingress says; in the dialect of ingress-nginx it says it for the clients of its hosts. */
    Demand<ClientCertificate> of(Ingress ingress) {
        return resolved.computeIfAbsent(ingress.key(), _ -> resolve(ingress, annotations.of(ingress)));
    }

    /** The annotation that says it. */
    static AnnotationKey<String> key(Dialect dialect) {
        return dialect == NginxDialect.DIALECT ? AuthTls.SECRET : ClientCertificates.CLIENT_CA;
    }

    private Demand<ClientCertificate> resolve(Ingress ingress, Annotations of) {
        var name = of.get(key(of.dialect()));
        if (name.isEmpty()) {
            // What is nearly its name was meant to keep somebody out, and is told of where annotations are read.
            return annotations.isMeantToRestrict(ingress)
                    ? new Demand.Unknown<>(Reason.ANNOTATION_UNKNOWN)
                    : new Demand.None<>();
        }
        var namespace = ingress.key().namespace();
        if (of.dialect() != NginxDialect.DIALECT) {
            var key = new ObjectKey(namespace, name.get());
            return find(ingress, key, authorities -> new ClientCertificate(key.toString(), authorities));
        }
        if (of.isRefused()) { // who is meant may be what cannot be read
            return new Demand.Unknown<>(Reason.ANNOTATION_INVALID);
        }
        var slash = name.get().indexOf('/');
        if (slash < 0 || !name.get().substring(0, slash).equals(namespace)) {
            var message = "'" + name.get() + "' is no Secret that this Ingress may use; write " + namespace
                    + "/ and the name of a Secret there. Until then nobody is served on its hosts";
            return unknown(ingress, Reason.ANNOTATION_INVALID, message);
        }
        var key = new ObjectKey(namespace, name.get().substring(slash + 1));
        return find(
                ingress, key, authorities -> new ClientCertificate(key.toString(), authorities, AuthTls.manner(of)));
    }

    private Demand<ClientCertificate> find(
            Ingress ingress, ObjectKey key, Function<List<X509Certificate>, ClientCertificate> policy) {
        var found = objects.find(Secret.KIND, key)
                .filter(secret -> !(secret.content() instanceof Secret.Content.Gone))
                .map(Secret::authorities);
        if (found.isEmpty()) {
            var message = "Secret " + key + " does not exist; create it with `kubectl create secret generic "
                    + key.name() + " --from-file=ca.crt`. Until then all requests are refused";
            return unknown(ingress, Reason.SECRET_NOT_FOUND, message);
        }
        return switch (found.get()) {
            case Secret.Authorities.Trusted(var certificates) -> new Demand.By<>(policy.apply(certificates));
            case Secret.Authorities.Unread _ -> new Demand.Unknown<>(Reason.SECRET_NOT_FOUND);
            case Secret.Authorities.None _ ->
                unknown(
                        ingress,
                        Reason.CERTIFICATE_INVALID,
                        "Secret " + key + " has no ca.crt; add it. Until then nobody is served");
            case Secret.Authorities.Broken(var reason) ->
                unknown(
                        ingress,
                        Reason.CERTIFICATE_INVALID,
                        "Secret " + key + ", ca.crt: " + reason + ". Until it is mended nobody is served");
        };
    }

    private Demand<ClientCertificate> unknown(Ingress ingress, Reason reason, String message) {
        problems.add(ingress, annotations.field(ingress, key(annotations.dialect(ingress))), reason, message);
        return new Demand.Unknown<>(reason);
    }
}
