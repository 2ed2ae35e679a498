package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.kube.Problem.Reason;
import dev.adit.kube.Secret;
import dev.adit.routing.policy.BasicAuth;
import dev.adit.routing.policy.DigestAuth;
import dev.adit.routing.policy.Policy;
import dev.adit.translate.Problems;
import dev.adit.translate.annotation.AnnotationReader;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.nginx.BasicAuthentication;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the users of an Ingress and the hashes of their passwords; where they are not known, nobody is let in. */
final class PasswordResolver {
    private static final int MOST_USERS = 10_000;
    private static final BasicAuth.FieldText NO_REALM = new BasicAuth.FieldText("");

    private final Objects objects;
    private final AnnotationReader annotations;
    private final Problems problems;
    private final Map<ObjectKey, Demand<Policy>> resolved = new HashMap<>();
    private final Map<Source, Optional<Map<String, String>>> users = new HashMap<>();

    /**
     * How users are written.
     *
     * @param realm of those that are meant, where the scheme is digest
     */
    private record Source(ObjectKey secret, boolean isMap, Optional<String> realm) {}

    PasswordResolver(Objects objects, AnnotationReader annotations, Problems problems) {
        this.objects = objects;
        this.annotations = annotations;
        this.problems = problems;
    }

    Demand<Policy> of(Ingress ingress) {
        return resolved.computeIfAbsent(ingress.key(), _ -> resolve(ingress, annotations.of(ingress)));
    }

    private Demand<Policy> resolve(Ingress ingress, Annotations of) {
        if (!BasicAuthentication.isAskedFor(of)) {
            return new Demand.None<>();
        }
        var name = of.get(BasicAuthentication.SECRET);
        if (of.get(BasicAuthentication.TYPE).isEmpty() || name.isEmpty()) {
            var message = "needs both auth-type and auth-secret. Until then the paths answer 503";
            return unknown(ingress, Reason.ANNOTATION_INVALID, message);
        }
        var namespace = ingress.key().namespace();
        var slash = name.get().indexOf('/');
        if (slash >= 0 && !name.get().substring(0, slash).equals(namespace)) {
            var message = "Secret " + name.get() + " is in another namespace; put it into " + namespace
                    + ". Until then the paths answer 503";
            return unknown(ingress, Reason.ANNOTATION_INVALID, message);
        }
        var key = new ObjectKey(namespace, name.get().substring(slash + 1));
        var isMap = of.get(BasicAuthentication.IS_MAP).orElse(false);
        var realm = of.get(BasicAuthentication.REALM).orElse(NO_REALM);
        var isDigest = of.get(BasicAuthentication.TYPE).get() == BasicAuthentication.Scheme.DIGEST;
        var source = new Source(key, isMap, isDigest ? Optional.of(realm.text()) : Optional.empty());
        return objects.find(Secret.KIND, key)
                .map(secret -> read(ingress, secret, realm, source))
                .orElseGet(() -> missing(ingress, key));
    }

    private Demand<Policy> read(Ingress ingress, Secret secret, BasicAuth.FieldText realm, Source source) {
        if (secret.content() instanceof Secret.Content.Unread) {
            return new Demand.Unknown<>(Reason.SECRET_NOT_FOUND);
        }
        if (secret.content() instanceof Secret.Content.Gone) {
            return missing(ingress, secret.key());
        }
        var known = users.computeIfAbsent(source, _ -> users(secret, source));
        if (known.isPresent() && known.get().size() > MOST_USERS) {
            var message = "Secret " + secret.key() + " holds more than " + MOST_USERS
                    + " users. Until there are fewer the paths answer 503";
            return unknown(ingress, Reason.SECRET_NOT_FOUND, message);
        }
        if (source.realm().isPresent() && known.isPresent() && known.get().isEmpty()) {
            var message = "Secret " + secret.key() + " has no user of the realm \"" + realm.text()
                    + "\" as htdigest writes one (user:realm:digest); add one, or correct auth-realm. Until then the paths"
                    + " answer 503";
            return unknown(ingress, Reason.SECRET_NOT_FOUND, message);
        }
        return known.<Demand<Policy>>map(all -> new Demand.By<>(policy(secret, realm, source, all)))
                .orElseGet(() -> unknown(
                        ingress,
                        Reason.SECRET_NOT_FOUND,
                        "Secret " + secret.key()
                                + " has no entry `auth`; create it with `kubectl create secret generic "
                                + secret.key().name() + " --from-file=auth`. Until then the paths answer 503"));
    }

    private static Policy policy(Secret secret, BasicAuth.FieldText realm, Source source, Map<String, String> users) {
        var name = secret.key().toString();
        return source.realm().isPresent() ? new DigestAuth(realm, name, users) : new BasicAuth(realm, name, users);
    }

    private static Optional<Map<String, String>> users(Secret secret, Source source) {
        return source.realm()
                .map(realm -> UserFile.digest(secret, source.isMap(), realm))
                .orElseGet(() -> UserFile.basic(secret, source.isMap()));
    }

    private Demand<Policy> missing(Ingress ingress, ObjectKey secret) {
        var message = "Secret " + secret + " does not exist; create it with `kubectl create secret generic "
                + secret.name() + " --from-file=auth`. Until then the paths answer 503";
        return unknown(ingress, Reason.SECRET_NOT_FOUND, message);
    }

    private Demand<Policy> unknown(Ingress ingress, Reason reason, String message) {
        problems.add(ingress, annotations.field(ingress, BasicAuthentication.SECRET), reason, message);
        return new Demand.Unknown<>(reason);
    }
}
