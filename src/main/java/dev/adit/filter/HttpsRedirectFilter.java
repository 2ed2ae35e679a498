package dev.adit.filter;

import dev.adit.http.Refusal;
import dev.adit.http.RequestHead;
import dev.adit.http.codec.Answer;
import dev.adit.routing.policy.FieldValue;
import dev.adit.routing.policy.HttpsRedirect;

/** Sends a client that came without TLS to the same URL with TLS, on the port that needs not be said. */
final class HttpsRedirectFilter implements Filter {
    private final boolean keepsSlash;
    private final int status;
    private final boolean saysPort;

    HttpsRedirectFilter(HttpsRedirect policy) {
        keepsSlash = policy.keepsSlash();
        status = policy.status();
        saysPort = policy.saysPort();
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        if (request.isSecure()) {
            return Step.PROCEED;
        }
        // A request of HTTP/1.0 without Host has no URL to be sent to.
        request.answer(
                request.head().authority().isEmpty()
                        ? Answer.of(Refusal.BAD_HOST)
                        : Answer.redirect(status, location(request.head())));
        return Step.ANSWERED;
    }

    private FieldValue location(RequestHead head) {
        var url = head.secureUrl(saysPort);
        return keepsSlash || !url.text().endsWith("/")
                ? url
                : new FieldValue(url.text().substring(0, url.text().length() - 1));
    }
}
