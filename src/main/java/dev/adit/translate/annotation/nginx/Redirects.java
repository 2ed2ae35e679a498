package dev.adit.translate.annotation.nginx;

import dev.adit.routing.policy.FixedRedirect;
import dev.adit.routing.policy.Template;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Every request is sent to one URL. */
final class Redirects implements AnnotationFamily {
    private static final String URL =
            "use a URL of letters, digits and - . _ ~ : / ? & , = alone, such as https://www.example.com/";
    // What ingress-nginx takes for a URL: characters that mean nothing to nginx.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9\\-._~:/?&,=]*+");

    private static final AnnotationKey<String> PERMANENT = AnnotationKey.of(
            "permanent-redirect",
            Scope.INGRESS,
            OnError.REFUSE,
            URL,
            "`https://www.example.com/`: every request is answered 301 with this Location",
            "requests are served",
            Redirects::url);
    private static final AnnotationKey<Integer> PERMANENT_CODE = AnnotationKey.of(
            "permanent-redirect-code",
            Scope.INGRESS,
            OnError.REFUSE,
            GoValues.NUMBER,
            "the status of `permanent-redirect`, from 300 to 308; another number is 301",
            "301",
            GoValues::integer);
    private static final AnnotationKey<String> TEMPORAL = AnnotationKey.of(
            "temporal-redirect",
            Scope.INGRESS,
            OnError.REFUSE,
            URL,
            "as `permanent-redirect`, with 302. It goes before that one",
            "requests are served",
            Redirects::url);
    private static final AnnotationKey<Integer> TEMPORAL_CODE = AnnotationKey.of(
            "temporal-redirect-code",
            Scope.INGRESS,
            OnError.REFUSE,
            GoValues.NUMBER,
            "the status of `temporal-redirect`, from 300 to 307; another number is 302",
            "302",
            GoValues::integer);
    private static final int MOVED_PERMANENTLY = 301;
    private static final int FOUND = 302;

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(PERMANENT, PERMANENT_CODE, TEMPORAL, TEMPORAL_CODE);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {
        // As there: one that cannot be read takes the other one with it.
        var isBroken = (of.has(TEMPORAL)
                        && of.get(TEMPORAL).filter(Redirects::isAbsolute).isEmpty())
                || (of.has(PERMANENT_CODE) && of.get(PERMANENT_CODE).isEmpty());
        if (isBroken) {
            return;
        }
        redirect(of, TEMPORAL, TEMPORAL_CODE, 307, FOUND)
                .or(() -> redirect(of, PERMANENT, PERMANENT_CODE, 308, MOVED_PERMANENTLY))
                .ifPresent(into::add);
    }

    private static Optional<FixedRedirect> redirect(
            Annotations of, AnnotationKey<String> url, AnnotationKey<Integer> code, int most, int otherwise) {
        return of.get(url)
                .filter(Redirects::isAbsolute)
                .map(location -> new FixedRedirect(
                        new Template(location),
                        of.get(code)
                                .filter(status -> status >= 300 && status <= most)
                                .orElse(otherwise)));
    }

    private static boolean isAbsolute(String url) {
        return url.startsWith("http://") || url.startsWith("https://");
    }

    /** An empty one, and one that is not absolute, are ignored there. */
    private static Optional<String> url(String text) {
        return PLAIN.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }
}
