package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.kube.Problem.Reason;
import dev.adit.kube.Secret;
import dev.adit.routing.policy.BasicAuth;
import dev.adit.translate.Problems;
import dev.adit.translate.annotation.AnnotationReader;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.nginx.BasicAuthentication;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the users of an Ingress and the hashes of their passwords; where they are not known, nobody is let in. */
final class PasswordResolver {
    private static final String FILE = "auth";
    private static final int MOST_USERS = 10_000;
    private static final BasicAuth.FieldText NO_REALM = new BasicAuth.FieldText("");

    private final Objects objects;
    private final AnnotationReader annotations;
    private final Problems problems;
    private final Map<ObjectKey, Demand<BasicAuth>> resolved = new HashMap<>();
    private final Map<Source, Optional<Map<String, String>>> users = new HashMap<>();

    private record Source(ObjectKey secret, boolean isMap) {}

    PasswordResolver(Objects objects, AnnotationReader annotations, Problems problems) {
        this.objects = objects;
        this.annotations = annotations;
        this.problems = problems;
    }

    Demand<BasicAuth> of(Ingress ingress) {
        return resolved.computeIfAbsent(ingress.key(), _ -> resolve(ingress, annotations.of(ingress)));
    }

    private Demand<BasicAuth> resolve(Ingress ingress, Annotations of) {
        if (!BasicAuthentication.isAskedFor(of)) {
            return new Demand.None<>();
        }
        var name = of.get(BasicAuthentication.SECRET);
        if (of.get(BasicAuthentication.TYPE).isEmpty() || name.isEmpty()) {
            var message = "needs both auth-type: basic and auth-secret. Until then the paths answer 503";
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
        return objects.find(Secret.KIND, key)
                .map(secret -> read(ingress, secret, realm, isMap))
                .orElseGet(() -> missing(ingress, key));
    }

    private Demand<BasicAuth> read(Ingress ingress, Secret secret, BasicAuth.FieldText realm, boolean isMap) {
        if (secret.content() instanceof Secret.Content.Unread) {
            return new Demand.Unknown<>(Reason.SECRET_NOT_FOUND);
        }
        if (secret.content() instanceof Secret.Content.Gone) {
            return missing(ingress, secret.key());
        }
        var known = users.computeIfAbsent(new Source(secret.key(), isMap), _ -> users(secret, isMap));
        if (known.isPresent() && known.get().size() > MOST_USERS) {
            var message = "Secret " + secret.key() + " holds more than " + MOST_USERS
                    + " users. Until there are fewer the paths answer 503";
            return unknown(ingress, Reason.SECRET_NOT_FOUND, message);
        }
        return known.<Demand<BasicAuth>>map(
                        all -> new Demand.By<>(new BasicAuth(realm, secret.key().toString(), all)))
                .orElseGet(() -> unknown(
                        ingress,
                        Reason.SECRET_NOT_FOUND,
                        "Secret " + secret.key()
                                + " has no entry `auth`; create it with `kubectl create secret generic "
                                + secret.key().name() + " --from-file=auth`. Until then the paths answer 503"));
    }

    private static Optional<Map<String, String>> users(Secret secret, boolean isMap) {
        var written = isMap
                ? Optional.of(secret.texts())
                : Optional.ofNullable(secret.texts().get(FILE)).map(PasswordResolver::file);
        return written.map(PasswordResolver::stripped);
    }

    private static Map<String, String> stripped(Map<String, String> users) {
        var stripped = new HashMap<String, String>();
        users.forEach((user, hash) -> stripped.put(user, hash.strip()));
        return stripped;
    }

    /** A file of htpasswd: a line for each user. As in nginx the first line of a user counts, and what follows another colon is a remark. */
    private static Map<String, String> file(String text) {
        var users = new HashMap<String, String>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            var colon = line.indexOf(':');
            if (colon > 0) {
                var end = line.indexOf(':', colon + 1);
                users.putIfAbsent(line.substring(0, colon), line.substring(colon + 1, end < 0 ? line.length() : end));
            }
        });
        return users;
    }

    private Demand<BasicAuth> missing(Ingress ingress, ObjectKey secret) {
        var message = "Secret " + secret + " does not exist; create it with `kubectl create secret generic "
                + secret.name() + " --from-file=auth`. Until then the paths answer 503";
        return unknown(ingress, Reason.SECRET_NOT_FOUND, message);
    }

    private Demand<BasicAuth> unknown(Ingress ingress, Reason reason, String message) {
        problems.add(ingress, annotations.field(ingress, BasicAuthentication.SECRET), reason, message);
        return new Demand.Unknown<>(reason);
    }
}
