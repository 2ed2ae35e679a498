package dev.adit.translate.annotation.nginx;

import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.RouteDraft;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Paths of rules that ask for neither TLS nor a user, by the ConfigMap. */
public final class OpenLocations implements AnnotationFamily {
    private static final String CHALLENGES = "those of ACME challenges";
    private static final String ALLOWED = "use paths that begin with a slash, with commas between them";

    /** Whose requests are not sent to https. */
    public static final AnnotationKey<List<String>> NO_TLS = Settings.key(
            "no-tls-redirect-locations",
            ALLOWED,
            "`/health,/status`: paths of rules that begin with these are not sent to https",
            CHALLENGES,
            OpenLocations::paths);
    /** Whose requests nobody is asked about. */
    public static final AnnotationKey<List<String>> NO_AUTH = Settings.key(
            "no-auth-locations",
            ALLOWED,
            "`/health,/status`: paths of rules that begin with these need no user",
            CHALLENGES,
            OpenLocations::paths);

    /** Those of the ConfigMap of ingress-nginx. */
    static final List<AnnotationKey<?>> OF_ALL = List.of(NO_TLS, NO_AUTH);

    /** Whether a path of a rule is one of them; empty where nothing is said of any. */
    public static Optional<Boolean> contains(Annotations of, AnnotationKey<List<String>> key, String path) {
        return of.get(key).map(open -> open.stream().anyMatch(path::startsWith));
    }

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of();
    }

    @Override
    public void read(Annotations of, RouteDraft into) {}

    private static Optional<List<String>> paths(String text) {
        var paths = Stream.of(text.split(",", -1)).map(String::strip).toList();
        return paths.stream().allMatch(path -> path.startsWith("/")) ? Optional.of(paths) : Optional.empty();
    }
}
