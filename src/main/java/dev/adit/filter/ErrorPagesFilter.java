package dev.adit.filter;

import dev.adit.http.FieldRules;
import dev.adit.http.codec.Answer;
import dev.adit.routing.policy.ErrorPages;
import dev.adit.routing.policy.FieldEdit.Field;
import dev.adit.routing.policy.FieldValue;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;

/** Has another Service answer in place of some answers. */
final class ErrorPagesFilter implements Filter {
    private static final int UNAVAILABLE = 503;
    private static final int NOT_FOUND = 404;
    private static final String CODE = "x-code";
    private static final String FORMAT = "x-format";
    private static final String ORIGINAL_URI = "x-original-uri";

    private static final List<String> WRITTEN =
            List.of(CODE, FORMAT, ORIGINAL_URI, "x-namespace", "x-ingress-name", "x-service-name", "x-service-port");

    private final ErrorPages policy;

    ErrorPagesFilter(ErrorPages policy) {
        this.policy = policy;
    }

    @Override
    public boolean diverts(FilteredRequest request, Outcome outcome) {
        if (outcome.isWithoutEndpoint()
                && policy.standIn().filter(request::hasEndpoint).isPresent()) {
            describe(request, UNAVAILABLE);
            request.divert(policy.standIn().get(), request.head(), true);
            return true;
        }
        if (!policy.statuses().contains(outcome.status()) || (outcome.isOfEndpoint() && !policy.ofEndpoints())) {
            return false;
        }
        page(request, outcome);
        return true;
    }

    private void page(FilteredRequest request, Outcome outcome) {
        keepChallenge(request, outcome);
        var page = policy.pages().stream().filter(request::hasEndpoint).findFirst();
        if (page.isEmpty()) {
            request.divert(Answer.of(NOT_FOUND, "no Service with an endpoint has a page for " + outcome.status()));
            return;
        }
        describe(request, outcome.status());
        var asked = request.asked();
        request.fields().set(ORIGINAL_URI, asked.target());
        request.fields().remove(HttpHeaderNames.EXPECT); // nothing will come
        var manner = request.head().manner();
        if (!manner.hasVia()) {
            request.fields().add(FieldRules.LOOP, FieldRules.PSEUDONYM); // none of the filters may have done so
        }
        var head = asked.forPage().in(manner);
        request.divert(page.get(), manner.host().isEmpty() ? head : head.rewritten(manner.host(), head.path()), false);
    }

    /** Who gets a page in place of 401 still has to be told how to log in (RFC 9110 §15.5.2). */
    private static void keepChallenge(FilteredRequest request, Outcome outcome) {
        var challenges = outcome.fields().getAll(HttpHeaderNames.WWW_AUTHENTICATE).stream()
                .filter(challenge -> FieldValue.of(challenge).isPresent())
                .toList();
        if (outcome.status() == HttpResponseStatus.UNAUTHORIZED.code() && !challenges.isEmpty()) {
            request.onResponse(response -> {
                if (!response.fields().contains(HttpHeaderNames.WWW_AUTHENTICATE)) {
                    response.fields().set(HttpHeaderNames.WWW_AUTHENTICATE, (Iterable<String>) challenges);
                }
            });
        }
    }

    /** In place of what the client says under these names. */
    private void describe(FilteredRequest request, int status) {
        var fields = request.fields();
        var accepted = fields.get(HttpHeaderNames.ACCEPT);
        WRITTEN.forEach(name -> FieldRules.remove(fields, name));
        fields.set(CODE, Integer.toString(status));
        if (accepted != null) {
            fields.set(FORMAT, accepted);
        }
        for (Field field : policy.about()) {
            fields.set(field.name().text(), field.value().text());
        }
        IngressNginxFieldsFilter.identify(fields);
    }
}
