package dev.adit.filter;

import dev.adit.http.codec.Answer;
import dev.adit.routing.policy.CrossOrigin;
import dev.adit.routing.policy.FieldValue;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says which pages of other origins may read a response, and answers their preflight requests. */
final class CrossOriginFilter implements Filter {
    private static final String ANY = "*";
    private static final int NO_CONTENT = 204;

    private final CrossOrigin policy;
    private final List<OriginPattern> origins;
    private final boolean isForAll;
    private final String methods;
    private final String headers;
    private final String exposed;

    CrossOriginFilter(CrossOrigin policy) {
        this.policy = policy;
        this.isForAll =
                policy.origins().stream().anyMatch(origin -> origin.text().equals(ANY));
        this.origins = policy.origins().stream()
                .map(origin -> OriginPattern.of(origin.text()))
                .toList();
        this.methods = text(policy.methods());
        this.headers = text(policy.headers());
        this.exposed = text(policy.exposed());
    }

    private static String text(List<FieldValue> values) {
        return values.stream().map(FieldValue::text).collect(Collectors.joining(", "));
    }

    /** Fetch: "A CORS-preflight request is a CORS request that checks to see if the CORS protocol is understood". */
    private static boolean isPreflight(FilteredRequest request) {
        return request.head().method().equals("OPTIONS")
                && request.fields().contains(HttpHeaderNames.ORIGIN)
                && request.fields().contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    }

    /** By the fields as the client has sent them: what filters make of them is for endpoints. */
    @Override
    public Step request(FilteredRequest request, Continuation next) {
        var origin = allowed(request.fields());
        var isPreflight = isPreflight(request);
        var method = request.fields().get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
        var names = request.fields().get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
        request.onResponse(response -> {
            say(response.fields(), origin);
            if (isPreflight && origin != null) {
                preflight(response.fields(), method, names);
            }
        });
        if (!isPreflight) {
            return Step.PROCEED;
        }
        request.answer(Answer.empty(NO_CONTENT));
        return Step.ANSWERED;
    }

    private void say(HttpHeaders fields, @Nullable String origin) {
        // The gateway decides: what an endpoint says of it is for nobody.
        fields.remove(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN);
        fields.remove(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS);
        fields.remove(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS);
        fields.add(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
        if (origin == null) {
            return;
        }
        fields.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        if (policy.allowsCredentials()) {
            fields.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
        // With credentials a star stands for itself and for nothing else: there is no way to expose all.
        if (!exposed.isEmpty() && !(policy.allowsCredentials() && exposed.equals(ANY))) {
            fields.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
        }
    }

    private void preflight(HttpHeaders fields, @Nullable String method, @Nullable String names) {
        set(fields, HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, methods.equals(ANY) ? method : methods);
        set(fields, HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, headers.equals(ANY) ? names : headers);
        policy.maxAge().ifPresent(age -> fields.set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, Integer.toString(age)));
    }

    private static void set(HttpHeaders fields, AsciiString name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            fields.set(name, value);
        }
    }

    /** The origin that the response is for, or null where it is for none. */
    private @Nullable String allowed(HttpHeaders fields) {
        var origin = fields.get(HttpHeaderNames.ORIGIN);
        if (origin == null) {
            return null;
        }
        if (isForAll) {
            return policy.allowsCredentials() ? origin : ANY;
        }
        return OriginPattern.anyOf(origins, origin) ? origin : null;
    }
}
