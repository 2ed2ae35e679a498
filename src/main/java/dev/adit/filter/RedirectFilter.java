package dev.adit.filter;

import dev.adit.http.Refusal;
import dev.adit.http.RequestHead;
import dev.adit.http.codec.Answer;
import dev.adit.routing.PathMatch;
import dev.adit.routing.policy.FieldValue;
import dev.adit.routing.policy.Redirect;
import org.jspecify.annotations.Nullable;

/** Answers every request with a redirect. */
final class RedirectFilter implements Filter {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final Redirect policy;
    private final @Nullable PathEditor path;

    RedirectFilter(Redirect policy, PathMatch matched) {
        this.policy = policy;
        this.path = policy.path().map(edit -> new PathEditor(edit, matched)).orElse(null);
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        var head = request.head();
        var target = path == null ? head.path() : path.apply(head.path());
        if (target == null) {
            request.answer(Answer.of(Refusal.REWRITE_INVALID));
        } else if (policy.host().isEmpty() && head.authority().isEmpty()) {
            request.answer(Answer.of(Refusal.BAD_HOST)); // of HTTP/1.0 without Host, which has no URL
        } else {
            request.answer(Answer.redirect(policy.status(), location(head, target, request.isSecure())));
        }
        return Step.ANSWERED;
    }

    private FieldValue location(RequestHead head, String target, boolean secure) {
        var scheme = policy.scheme().orElse(secure ? "https" : "http");
        var host = policy.host().orElse(RequestHead.nameOf(head.authority()));
        var port = policy.port().orElse(policy.scheme().isPresent() ? implied(scheme) : head.clientPort(secure));
        return RequestHead.url(
                scheme + "://" + host + (port == implied(scheme) ? "" : ":" + port), target + head.query());
    }

    private static int implied(String scheme) {
        return scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
    }
}
