package dev.adit.filter;

import dev.adit.http.codec.Answer;
import dev.adit.routing.policy.Cors;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says which pages of other origins may read a response, and answers their preflight requests, as ingress-nginx does. */
final class CorsFilter implements Filter {
    private static final String ANY = "*";
    private static final int TOO_LARGE = 413;

    private final Cors policy;
    private final List<OriginPattern> origins;
    private final boolean isForAll;
    private final String maxAge;

    CorsFilter(Cors policy) {
        this.policy = policy;
        this.maxAge = Integer.toString(policy.maxAge());
        this.isForAll = policy.origins().contains(ANY);
        this.origins = policy.origins().stream()
                .map(text -> OriginPattern.of(text, true))
                .toList();
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        if (!request.head().method().equals("OPTIONS") || allowed(request.fields()) == null) {
            return Step.PROCEED;
        }
        request.answer(Answer.empty(204));
        return Step.ANSWERED;
    }

    @Override
    public void response(FilteredRequest request, FilteredResponse response) {
        var origin = allowed(request.fields());
        // nginx answers a body that is too large before it knows of these fields.
        if (origin == null || response.status() == TOO_LARGE) {
            return;
        }
        var fields = response.fields();
        fields.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        if (!isForAll) {
            fields.add(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
        }
        if (policy.allowsCredentials()) {
            fields.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
        fields.set(
                HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, policy.methods().text());
        fields.set(
                HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, policy.headers().text());
        fields.set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, maxAge);
        policy.exposed().ifPresent(names -> fields.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, names.text()));
    }

    /** The origin that the response is for, or null where it is for no other. */
    private @Nullable String allowed(HttpHeaders fields) {
        if (isForAll) {
            return ANY;
        }
        var origin = fields.get(HttpHeaderNames.ORIGIN);
        return origin != null && OriginPattern.anyOf(origins, origin) ? origin : null;
    }
}
