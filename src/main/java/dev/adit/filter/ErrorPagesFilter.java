package dev.adit.filter;

import dev.adit.http.codec.Answer;
import dev.adit.routing.policy.ErrorPages;
import dev.adit.routing.policy.FieldEdit.Field;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Optional;

/** Has another Service answer in place of some answers. */
final class ErrorPagesFilter implements Filter {
    private static final int UNAVAILABLE = 503;
    private static final int NOT_FOUND = 404;
    private static final String CODE = "x-code";
    private static final String FORMAT = "x-format";
    private static final String ORIGINAL_URI = "x-original-uri";

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
        request.divert(page.get(), asked.rewritten(asked.authority(), "/"), false);
    }

    /** Who gets a page in place of 401 still has to be told how to log in (RFC 9110 §15.5.2). */
    private static void keepChallenge(FilteredRequest request, Outcome outcome) {
        var challenges = List.copyOf(outcome.fields().getAll(HttpHeaderNames.WWW_AUTHENTICATE));
        if (outcome.status() == HttpResponseStatus.UNAUTHORIZED.code() && !challenges.isEmpty()) {
            request.onResponse(response -> {
                if (!response.fields().contains(HttpHeaderNames.WWW_AUTHENTICATE)) {
                    response.fields().set(HttpHeaderNames.WWW_AUTHENTICATE, (Iterable<String>) challenges);
                }
            });
        }
    }

    private void describe(FilteredRequest request, int status) {
        var fields = request.fields();
        fields.set(CODE, Integer.toString(status));
        fields.remove(ORIGINAL_URI);
        Optional.ofNullable(fields.get(HttpHeaderNames.ACCEPT))
                .ifPresentOrElse(accepted -> fields.set(FORMAT, accepted), () -> fields.remove(FORMAT));
        for (Field field : policy.about()) {
            fields.set(field.name().text(), field.value().text());
        }
        IngressNginxFieldsFilter.identify(fields);
    }
}
