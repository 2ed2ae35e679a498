package dev.adit.filter;

import dev.adit.http.FieldRules;
import dev.adit.http.Refusal;
import dev.adit.http.RequestHead;
import dev.adit.http.RequestVariables;
import dev.adit.http.codec.Answer;
import dev.adit.inquiry.Inquiry;
import dev.adit.inquiry.Reply;
import dev.adit.routing.policy.ExternalAuth;
import dev.adit.routing.policy.FieldEdit.Field;
import dev.adit.routing.policy.FieldValue;
import dev.adit.routing.policy.Template;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks a service whether a request may be served, as the module auth_request of nginx. */
final class ExternalAuthFilter implements Filter {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int FOUND = 302;
    private static final String SET_COOKIE = "set-cookie";
    private static final String CHALLENGE = "www-authenticate";
    // With which nginx adds fields to a response, unless it is told that it always shall.
    private static final Set<Integer> STATUSES_WITH_COOKIES = Set.of(200, 201, 204, 206, 301, 302, 303, 304, 307, 308);

    private final ExternalAuth policy;

    ExternalAuthFilter(ExternalAuth policy) {
        this.policy = policy;
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        if (!request.isWellFormed()) {
            return answer(request, Answer.of(Refusal.BAD_SYNTAX));
        }
        var variables = request.variables();
        var url = url(variables.url(policy.url()));
        if (url == null) {
            return answer(request, Answer.of(Refusal.EXTERNAL_AUTH_FAILED));
        }
        var key = policy.kept().flatMap(kept -> key(kept, variables)).orElse(null);
        var known =
                key == null ? Optional.<Reply>empty() : request.knownReplies().get(key);
        if (known.isPresent()) {
            return judge(request, variables, known.get());
        }
        var inquiry = new Inquiry(policy.method().orElse("GET"), url, fields(request.fields(), variables, url));
        var isAsked = request.ask(inquiry, reply -> {
            reply.ifPresent(one -> keep(request, key, one));
            var step = reply.isEmpty()
                    ? answer(request, Answer.of(Refusal.EXTERNAL_AUTH_FAILED))
                    : judge(request, variables, reply.get());
            if (step == Step.PROCEED) {
                next.proceed();
            }
        });
        return isAsked ? Step.LATER : answer(request, Answer.of(Refusal.EXTERNAL_AUTH_OVERLOADED));
    }

    /** Nobody has said anything, which is none that the client may say. */
    @Override
    public void skipped(FilteredRequest request) {
        policy.responseFields().forEach(name -> FieldRules.remove(request.fields(), name.text()));
    }

    private static Step answer(FilteredRequest request, Answer answer) {
        request.answer(answer);
        return Step.ANSWERED;
    }

    /** Null where it is none that can be asked. */
    private static @Nullable URI url(String text) {
        try {
            var url = new URI(text);
            var isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return isHttp && url.getHost() != null && url.getPort() <= 0xffff ? url : null;
        } catch (URISyntaxException _) {
            return null;
        }
    }

    /**
     * What else decides on the answer belongs to it: an edit of the policy asks anew. Requests without what the key asks for have
     * nothing in common.
     */
    private Optional<String> key(ExternalAuth.Kept kept, RequestVariables variables) {
        var ofRequest = variables.expand(kept.key());
        return ofRequest.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(
                        "\n",
                        kept.zone(),
                        variables.head().host(),
                        policy.url().text(),
                        policy.method().orElse(""),
                        ofRequest));
    }

    private void keep(FilteredRequest request, @Nullable String key, Reply reply) {
        policy.kept().ifPresent(kept -> {
            var seconds = kept.seconds().getOrDefault(reply.status(), 0);
            if (key != null && seconds > 0) {
                request.knownReplies().add(key, reply, Duration.ofSeconds(seconds));
            }
        });
    }

    /** All that the client has sent but its body, and where it wants to go. */
    private HttpHeaders fields(HttpHeaders sent, RequestVariables variables, URI url) {
        var fields =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        var nominated = FieldRules.nominated(sent.getAll(HttpHeaderNames.CONNECTION));
        for (var field : sent) {
            var name = field.getKey();
            if (FieldRules.passesRequest(name, nominated)
                    && !HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)
                    && !HttpHeaderNames.EXPECT.contentEqualsIgnoreCase(name)) {
                fields.add(name, field.getValue());
            }
        }
        var target = RequestHead.url("", variables.head().target()).text();
        var scheme = variables.isSecure() ? "https" : "http";
        set(
                fields,
                "x-original-url",
                variables.scheme() + "://" + variables.head().asked() + target);
        set(fields, "x-original-method", variables.head().method());
        fields.set("x-sent-from", "nginx-ingress-controller");
        set(fields, "x-real-ip", variables.clientAddress());
        set(fields, "x-forwarded-for", variables.clientAddress());
        set(
                fields,
                "x-auth-request-redirect",
                policy.redirect().map(variables::url).orElse(target));
        if (policy.method().isPresent()) {
            set(fields, "x-original-uri", target);
            set(fields, "x-scheme", scheme);
        }
        policy.fields().forEach((name, value) -> set(fields, name.text(), variables.expand(value)));
        fields.set(HttpHeaderNames.HOST, url.getHost());
        fields.add(HttpHeaderNames.VIA, "1.1 " + FieldRules.PSEUDONYM); // a service behind Adit may ask itself
        return fields;
    }

    /** What the client has sent under this name is not taken for ours, whatever ours is. */
    private static void set(HttpHeaders fields, String name, String value) {
        FieldRules.remove(fields, name);
        FieldValue.of(value).ifPresent(text -> fields.set(name, text.text()));
    }

    private Step judge(FilteredRequest request, RequestVariables variables, Reply reply) {
        cookies(request, reply);
        return switch (reply.status() / 100) {
            case 2 -> admit(request, reply);
            case 4 -> answer(request, refusal(request, variables, reply));
            default -> answer(request, Answer.of(Refusal.EXTERNAL_AUTH_FAILED));
        };
    }

    private void cookies(FilteredRequest request, Reply reply) {
        var cookies = reply.values(SET_COOKIE);
        if (cookies.isEmpty()) {
            return;
        }
        request.onResponse(response -> {
            if (policy.alwaysSetsCookies() || STATUSES_WITH_COOKIES.contains(response.status())) {
                cookies.stream()
                        .flatMap(cookie -> FieldValue.of(cookie).stream())
                        .forEach(cookie -> response.fields().add(SET_COOKIE, cookie.text()));
            }
        });
    }

    /** A field that the service does not say is none that the client may say. */
    private Step admit(FilteredRequest request, Reply reply) {
        var own = new ArrayList<Field>();
        for (var name : policy.responseFields()) {
            FieldRules.remove(request.fields(), name.text());
            var said = FieldValue.of(String.join(", ", reply.values(name.text())));
            if (FieldRules.passesRequest(name.text(), Set.of())) {
                said.ifPresent(value -> request.fields().set(name.text(), value.text()));
            } else if (!FieldRules.isOfProxy(name.text())) { // X-Forwarded-User, which no client may say
                said.ifPresent(value -> own.add(new Field(name, value)));
            }
        }
        if (!own.isEmpty()) {
            request.head(request.head().adding(own));
        }
        return Step.PROCEED;
    }

    private Answer refusal(FilteredRequest request, RequestVariables variables, Reply reply) {
        return switch (reply.status()) {
            case FORBIDDEN -> Answer.of(Refusal.FORBIDDEN);
            case UNAUTHORIZED ->
                policy.signIn()
                        .flatMap(signIn -> location(signIn, variables))
                        .map(location -> signIn(request, location))
                        .orElseGet(() -> challenge(reply));
            default -> Answer.of(Refusal.EXTERNAL_AUTH_FAILED);
        };
    }

    /** As nginx sends it, which is at another location then. */
    private static Answer signIn(FilteredRequest request, FieldValue location) {
        request.onResponse(response -> response.fields().remove(HstsFilter.NAME));
        return Answer.redirect(FOUND, location);
    }

    private static Optional<FieldValue> location(Template signIn, RequestVariables variables) {
        return FieldValue.of(variables.url(signIn));
    }

    private static Answer challenge(Reply reply) {
        var answer = Answer.of(Refusal.NOT_AUTHENTICATED);
        var fields = answer.headers();
        reply.values(CHALLENGE).stream()
                .flatMap(value -> FieldValue.of(value).stream())
                .forEach(value -> fields.add(CHALLENGE, value.text()));
        return answer.with(fields);
    }
}
