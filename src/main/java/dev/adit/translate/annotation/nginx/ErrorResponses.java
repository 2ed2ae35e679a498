package dev.adit.translate.annotation.nginx;

import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.Fidelity;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Answers that another Service gives. It takes the other objects to see which. */
public final class ErrorResponses implements AnnotationFamily {
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?");

    public static final AnnotationKey<Set<Integer>> CUSTOM_HTTP_ERRORS = AnnotationKey.of(
                    "custom-http-errors",
                    Scope.INGRESS,
                    OnError.REFUSE,
                    "use statuses from 400 to 599, with commas between them",
                    "`404, 503`: in place of answers with these statuses, clients get what the Service of `default-backend` answers to a request for `/` with"
                            + " the status in X-Code; without that one the Service of `--default-backend` is asked, and without either it is 404",
                    "answers are passed on",
                    ErrorResponses::statuses)
            .served(new Fidelity.Differs("a page is asked for without the body of the request"));
    public static final AnnotationKey<String> DEFAULT_BACKEND = AnnotationKey.of(
            "default-backend",
            Scope.INGRESS,
            OnError.REFUSE,
            "use the name of a Service of the same namespace",
            "`errors`: a Service of the same namespace, whose first port gets the requests for which the Service of the path has no endpoint,"
                    + " with 503 in X-Code; and from which error pages are fetched",
            "such requests are answered 503",
            text -> Optional.of(text).filter(name -> NAME.matcher(name).matches()));
    public static final AnnotationKey<Boolean> DISABLE_INTERCEPT = AnnotationKey.of(
            "disable-proxy-intercept-errors",
            Scope.INGRESS,
            OnError.DEFAULT,
            GoValues.TRUTH,
            "`\"true\"`: `custom-http-errors` is for Adit's own answers alone, and those of endpoints are passed on",
            "it is for both",
            GoValues::truth);

    private static final int LEAST = 400;
    private static final int MOST = 599;

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(CUSTOM_HTTP_ERRORS, DEFAULT_BACKEND, DISABLE_INTERCEPT);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {}

    private static Optional<Set<Integer>> statuses(String text) {
        var statuses = new TreeSet<Integer>();
        for (var word : text.split(",", -1)) {
            var status = GoValues.integer(word.strip()).orElse(0);
            if (status < LEAST || status > MOST) {
                return Optional.empty();
            }
            statuses.add(status);
        }
        return Optional.of(statuses);
    }
}
