package dev.adit.filter;

import dev.adit.http.codec.Answer;
import dev.adit.routing.policy.DigestAuth;
import dev.adit.routing.policy.FieldValue;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Optional;

/** Serves users who show by a digest that they know their password. */
final class DigestAuthFilter implements Filter {
    private static final String AUTHENTICATION_INFO = "authentication-info";
    // Of nobody: what an unknown user sends is computed like all else.
    private static final String NOBODY = "0".repeat(32);

    private final DigestAuth policy;

    DigestAuthFilter(DigestAuth policy) {
        this.policy = policy;
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        var shown = DigestCredentials.of(request.fields().getAll(HttpHeaderNames.AUTHORIZATION))
                // RFC 7616 §3.4.6: what was meant for one resource opens no other.
                .filter(one ->
                        one.realm().equals(policy.realm().text()) && one.uri().equals(request.target()));
        if (shown.isEmpty() || !isRight(request, shown.get())) {
            return refuse(request, "");
        }
        return request.digestNonces().use(shown.get().nonce(), shown.get().count())
                ? admit(request, shown.get())
                : refuse(request, ", stale=true");
    }

    private boolean isRight(FilteredRequest request, DigestCredentials shown) {
        var secret = Optional.ofNullable(policy.users().get(shown.user()));
        return shown.isOf(secret.orElse(NOBODY), request.asked().method()) && secret.isPresent();
    }

    @Override
    public void skipped(FilteredRequest request) {
        request.fields().remove(HttpHeaderNames.AUTHORIZATION);
    }

    private Step admit(FilteredRequest request, DigestCredentials shown) {
        var proof = "qop=auth, rspauth=\"" + shown.answer(policy.users().getOrDefault(shown.user(), NOBODY))
                + "\", cnonce=\"" + shown.cnonce() + "\", nc=" + shown.nc();
        FieldValue.of(proof)
                .ifPresent(info ->
                        request.onResponse(response -> response.fields().set(AUTHENTICATION_INFO, info.text())));
        skipped(request);
        return Step.PROCEED;
    }

    private Step refuse(FilteredRequest request, String stale) {
        request.answer(Answer.unauthorized(
                new FieldValue("Digest realm=\"" + policy.realm().text() + "\", qop=\"auth\", algorithm=MD5, nonce=\""
                        + request.digestNonces().issue() + "\"" + stale)));
        return Step.ANSWERED;
    }
}
