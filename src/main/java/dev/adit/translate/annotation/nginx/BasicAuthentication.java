package dev.adit.translate.annotation.nginx;

import dev.adit.kube.Bounds;
import dev.adit.routing.policy.BasicAuth.FieldText;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Users with passwords, from a Secret. What that holds is looked for where the rules are read. */
public final class BasicAuthentication implements AnnotationFamily {
    private static final Pattern NAME = Pattern.compile("([a-z0-9.-]{1,253}/)?[a-z0-9.-]{1,253}");

    /** How users show that they know their passwords. */
    public enum Scheme {
        BASIC,
        DIGEST
    }

    /** The scheme. */
    public static final AnnotationKey<Scheme> TYPE = Guards.key(
            "auth-type",
            "use basic or digest",
            "`basic`, `digest`: only users of `auth-secret` are served, others are answered 401",
            "everybody is served; but an Ingress with `auth-secret` alone answers 503",
            BasicAuthentication::scheme);
    /** The Secret, with its namespace or without. */
    public static final AnnotationKey<String> SECRET = Guards.key(
            "auth-secret",
            "use the name of a Secret in the same namespace",
            "the Secret with the users and the hashes of their passwords, in the same namespace",
            "with `auth-type` the Ingress answers 503",
            text -> Optional.of(text).filter(one -> NAME.matcher(one).matches()));
    /** Whether each user is an entry of its own. */
    public static final AnnotationKey<Boolean> IS_MAP = Guards.key(
            "auth-secret-type",
            "use auth-file or auth-map",
            "`auth-file`: the entry `auth` is a file of htpasswd, or of htdigest; `auth-map`: each entry is a user with a hash",
            "`auth-file`",
            BasicAuthentication::isMap);
    /** What clients are told. */
    public static final AnnotationKey<FieldText> REALM = AnnotationKey.of(
            "auth-realm",
            Scope.INGRESS,
            OnError.DEFAULT,
            "use visible ASCII without quotes",
            "the realm that clients are told",
            "an empty one",
            BasicAuthentication::realm);

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(TYPE, SECRET, IS_MAP, REALM);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {}

    /** Whether an Ingress asks for passwords in some way, right or wrong. */
    public static boolean isAskedFor(Annotations of) {
        return of.has(TYPE) || of.has(SECRET) || of.has(IS_MAP);
    }

    private static Optional<Scheme> scheme(String text) {
        return switch (text) {
            case "basic" -> Optional.of(Scheme.BASIC);
            case "digest" -> Optional.of(Scheme.DIGEST);
            default -> Optional.empty();
        };
    }

    private static Optional<Boolean> isMap(String text) {
        return switch (text) {
            case "auth-file" -> Optional.of(false);
            case "auth-map" -> Optional.of(true);
            default -> Optional.empty();
        };
    }

    private static Optional<FieldText> realm(String text) {
        try {
            return text.length() > Bounds.NAME ? Optional.empty() : Optional.of(new FieldText(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
