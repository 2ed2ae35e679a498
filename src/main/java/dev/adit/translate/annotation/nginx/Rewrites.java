package dev.adit.translate.annotation.nginx;

import dev.adit.routing.policy.FixedRedirect;
import dev.adit.routing.policy.PathEdit;
import dev.adit.routing.policy.Rewrite;
import dev.adit.routing.policy.Template;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import dev.adit.translate.annotation.Values;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Another path or host in place of those of the request, and paths that are regular expressions. */
public final class Rewrites implements AnnotationFamily {
    // What ingress-nginx takes for a path with groups; and a URL is one, too.
    private static final Pattern TARGET = Pattern.compile("[A-Za-z0-9\\-._~/:$]++");
    private static final int FOUND = 302;
    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9\\-._~:/?#\\[\\]@!&'()*+,;=%$]++");

    /** The path that endpoints get. */
    public static final AnnotationKey<String> REWRITE_TARGET = AnnotationKey.of(
            "rewrite-target",
            Scope.HOST,
            OnError.DEFAULT,
            "use a path of letters, digits and - . _ ~ / : $ alone, such as /$2",
            "`/$2`: the path that endpoints get, with what the groups of the path's regular expression found. It makes all paths"
                    + " of the host regular expressions, whichever Ingress they are in, unless it is `/`, and so are the paths of the rule. A URL: requests are answered 302 with it",
            "the path of the request",
            Rewrites::target);
    /** Whether the paths of a host are regular expressions. */
    public static final AnnotationKey<Boolean> USE_REGEX = AnnotationKey.of(
            "use-regex",
            Scope.HOST,
            OnError.DEFAULT,
            GoValues.TRUTH,
            "`\"true\"`: all paths of the host are regular expressions without regard to case, which match from the beginning of a"
                    + " path; the longest one comes first",
            "they are, where `rewrite-target` of some Ingress of the host makes them so",
            GoValues::truth);

    private static final AnnotationKey<String> FORWARDED_PREFIX = AnnotationKey.of(
            "x-forwarded-prefix",
            Scope.INGRESS,
            OnError.REFUSE,
            "use a path, such as /shop",
            "`/shop`: endpoints get it as X-Forwarded-Prefix, where there is a `rewrite-target`, with the same groups in it",
            "no such field",
            text -> Optional.of(text).filter(one -> FIELD.matcher(one).matches()));
    private static final AnnotationKey<String> UPSTREAM_VHOST = AnnotationKey.of(
            "upstream-vhost",
            Scope.INGRESS,
            OnError.REFUSE,
            "use a host name, such as app.internal",
            "`app.internal`: the Host that endpoints get; `$host` is that of the request, `$namespace` and `$service_name` are those of the Service",
            "the Host of the request",
            text -> Values.host(new Template(text).expand(_ -> "x")).map(_ -> text));

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(REWRITE_TARGET, USE_REGEX, FORWARDED_PREFIX, UPSTREAM_VHOST);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {
        var target = of.get(REWRITE_TARGET);
        var host = of.get(UPSTREAM_VHOST);
        if (target.filter(Rewrites::isUrl).isPresent()) {
            into.add(new FixedRedirect(new Template(target.get()), FOUND, true));
            return;
        }
        if (target.isPresent() || host.isPresent()) {
            var prefix = target.flatMap(_ -> of.get(FORWARDED_PREFIX)).map(PathEdit.Groups::new);
            into.add(new Rewrite(host, target.map(PathEdit.Groups::new), prefix));
        }
    }

    private static boolean isUrl(String target) {
        return target.startsWith("http://") || target.startsWith("https://") || target.startsWith("$scheme");
    }

    private static Optional<String> target(String text) {
        return TARGET.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }
}
