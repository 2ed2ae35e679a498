package dev.adit.filter;

import dev.adit.http.Refusal;
import dev.adit.http.codec.Answer;
import dev.adit.password.PasswordHash;
import dev.adit.routing.policy.BasicAuth;
import dev.adit.routing.policy.FieldValue;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Serves users with a password. What takes long is verified off the event loop, and what was right lately is remembered.
 */
final class BasicAuthFilter implements Filter {
    private static final String SCHEME = "basic ";

    private final BasicAuth policy;
    private final Answer refusal;

    BasicAuthFilter(BasicAuth policy) {
        this.policy = policy;
        this.refusal = Answer.unauthorized(
                new FieldValue("Basic realm=\"" + policy.realm().text() + "\""));
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Credentials(String user, byte[] password) {}

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        var given = credentials(request);
        var hash = given == null ? null : policy.users().get(given.user());
        if (given == null || hash == null) {
            return refuse(request);
        }
        var known = request.verifiedPasswords();
        if (known.has(hash, given.password())) {
            return admit(request);
        }
        if (!PasswordHash.isSlow(hash)) {
            if (!PasswordHash.verify(hash, given.password())) {
                return refuse(request);
            }
            known.add(hash, given.password());
            return admit(request);
        }
        var isComputed = request.compute(() -> PasswordHash.verify(hash, given.password()), isRight -> {
            if (isRight) {
                known.add(hash, given.password());
                admit(request);
                next.proceed();
            } else {
                request.answer(refusal);
            }
        });
        if (!isComputed) {
            request.answer(Answer.of(Refusal.PASSWORDS_OVERLOADED));
            return Step.ANSWERED;
        }
        return Step.LATER;
    }

    @Override
    public void skipped(FilteredRequest request) {
        admit(request);
    }

    private Step refuse(FilteredRequest request) {
        request.answer(refusal);
        return Step.ANSWERED;
    }

    /** The password is for us: the endpoint does not get it, as from ingress-nginx. */
    private static Step admit(FilteredRequest request) {
        request.fields().remove(HttpHeaderNames.AUTHORIZATION);
        return Step.PROCEED;
    }

    /** RFC 7617 §2; null where there are none, or more than one. */
    private static @Nullable Credentials credentials(FilteredRequest request) {
        var fields = request.fields().getAll(HttpHeaderNames.AUTHORIZATION);
        if (fields.size() != 1 || !fields.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        try {
            var bytes = Base64.getDecoder()
                    .decode(fields.getFirst().substring(SCHEME.length()).strip());
            for (var i = 0; i < bytes.length; i++) {
                if (bytes[i] == ':') {
                    var password = Arrays.copyOfRange(bytes, i + 1, bytes.length);
                    return new Credentials(new String(bytes, 0, i, StandardCharsets.UTF_8), password);
                }
            }
            return null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
