package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.kube.Problem.Reason;
import dev.adit.kube.Secret;
import dev.adit.routing.policy.ClientCertificate;
import dev.adit.translate.Problems;
import dev.adit.translate.annotation.AnnotationReader;
import dev.adit.translate.annotation.adit.ClientCertificates;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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

    Demand<ClientCertificate> of(Ingress ingress) {
        return resolved.computeIfAbsent(ingress.key(), _ -> resolve(ingress));
    }

    /** The same, for what is said of a connection. */
    Optional<ClientCertificate> authorities(Ingress ingress) {
        return of(ingress) instanceof Demand.By(var authorities) ? Optional.of(authorities) : Optional.empty();
    }

    private Demand<ClientCertificate> resolve(Ingress ingress) {
        var name = annotations.of(ingress).get(ClientCertificates.CLIENT_CA);
        if (name.isEmpty()) {
            // What is nearly its name was meant to keep somebody out, and is told of where annotations are read.
            return annotations.isMeantToRestrict(ingress)
                    ? new Demand.Unknown<>(Reason.ANNOTATION_UNKNOWN)
                    : new Demand.None<>();
        }
        var key = new ObjectKey(ingress.key().namespace(), name.get());
        var found = objects.find(Secret.KIND, key)
                .filter(secret -> !(secret.content() instanceof Secret.Content.Gone))
                .map(Secret::authorities);
        if (found.isEmpty()) {
            var message = "Secret " + key + " does not exist; create it with `kubectl create secret generic "
                    + key.name() + " --from-file=ca.crt`. Until then all requests are refused";
            return unknown(ingress, Reason.SECRET_NOT_FOUND, message);
        }
        return switch (found.get()) {
            case Secret.Authorities.Trusted(var certificates) ->
                new Demand.By<>(new ClientCertificate(key.toString(), certificates));
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
        problems.add(ingress, annotations.field(ingress, ClientCertificates.CLIENT_CA), reason, message);
        return new Demand.Unknown<>(reason);
    }
}
