package dev.adit.exchange;

import dev.adit.http.Client;
import dev.adit.http.FieldRules;
import dev.adit.http.Refusal;
import dev.adit.http.RequestHead;
import dev.adit.http.Verdict;
import dev.adit.http.codec.Answer;
import dev.adit.http.codec.Fields;
import dev.adit.http.codec.Framing;
import dev.adit.match.Generation;
import dev.adit.routing.Route;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of a request, judged by its head alone. */
public sealed interface Admission {
    /**
     * It is answered here.
     *
     * @param bodyWithheld whether the client may never send the body that it announced
     * @param head what is known of the request, or null where it was refused before its head was parsed
     */
    record Refused(
            Answer answer, boolean bodyWithheld, @Nullable RequestHead head) implements Admission {}

    /**
     * A route takes it.
     *
     * @param generation the one it was routed by
     * @param isSecure whether it came by TLS: to us, or to the trusted proxy that says so
     */
    record Admitted(RequestHead head, Framing framing, Generation generation, Route route, boolean isSecure)
            implements Admission {
        /** Whether the client asks for another protocol; one with a body is an ordinary request. */
        public boolean isUpgrade() {
            return head.asksForWebSocket() && framing.is(Framing.Kind.NONE);
        }
    }

    AsciiString FORWARDED_FOR = AsciiString.cached("x-forwarded-for");
    AsciiString FORWARDED_PROTO = AsciiString.cached("x-forwarded-proto");

    /** What every request has to keep to, before anybody asks where it goes; null when it does. */
    static @Nullable Admission precheck(HttpRequest request, EventLoopContext loop) {
        var fields = request.headers();
        if (Fields.exceed(fields, loop.limits().fields())) {
            return refused(Refusal.FIELDS_TOO_LARGE);
        }
        if ((fields.contains(HttpHeaderNames.VIA) || fields.contains(FieldRules.LOOP))
                && FieldRules.isLoop(fields.getAll(HttpHeaderNames.VIA), fields.getAll(FieldRules.LOOP))) {
            return new Refused(Answer.of(Refusal.LOOP), expectsContinue(request), null);
        }
        // CONNECT asks for a tunnel to anywhere and TRACE echoes credentials: a gateway offers neither.
        if (request.method().equals(HttpMethod.CONNECT)) {
            return refused(Refusal.TUNNEL_NOT_SUPPORTED);
        }
        return request.method().equals(HttpMethod.TRACE)
                ? new Refused(Answer.of(Refusal.METHOD_NOT_SUPPORTED), expectsContinue(request), null)
                : null;
    }

    /** By the routes of this moment. */
    static Admission of(
            HttpRequest request, RequestHead.Parsed parsed, Framing framing, Client client, EventLoopContext loop) {
        return switch (parsed) {
            case RequestHead.Parsed.Invalid(var error) -> new Refused(Answer.of(error), expectsContinue(request), null);
            case RequestHead.Parsed.OfServer _ -> new Refused(Answer.options(), expectsContinue(request), null);
            case RequestHead.Parsed.Valid(var head) -> {
                var generation = loop.generation();
                if (generation.isMisdirected(client.port(), client.isSecure(), client.serverName(), head.host())) {
                    yield new Refused(Answer.of(Refusal.OTHER_LISTENER), expectsContinue(request), head);
                }
                yield switch (Verdict.of(generation, head, client.port())) {
                    case Verdict.Refuse(var error) -> new Refused(Answer.of(error), expectsContinue(request), head);
                    case Verdict.Routed(var route) ->
                        new Admitted(head, framing, generation, route, isSecure(request, client));
                };
            }
        };
    }

    /**
     * Takes one from the Max-Forwards of OPTIONS (RFC 9110 §7.6.2).
     *
     * @return the answer to a request that may not go on to the endpoint, or null
     */
    static @Nullable Answer countHop(HttpRequest request) {
        var fields = request.headers();
        if (!request.method().equals(HttpMethod.OPTIONS) || !fields.contains(HttpHeaderNames.MAX_FORWARDS)) {
            return null;
        }
        var left = FieldRules.maxForwards(fields.getAll(HttpHeaderNames.MAX_FORWARDS));
        if (left <= 0) {
            return left < 0 ? Answer.of(Refusal.BAD_MAX_FORWARDS) : Answer.options();
        }
        fields.set(HttpHeaderNames.MAX_FORWARDS, Integer.toString(left - 1));
        return null;
    }

    static boolean isSecure(HttpRequest request, Client client) {
        return client.cameSecurely(client.isTrusted() ? request.headers().getAll(FORWARDED_PROTO) : List.of());
    }

    static Admission refused(Refusal error) {
        return new Refused(Answer.of(error), false, null);
    }

    static boolean expectsContinue(HttpRequest request) {
        var expectation = request.headers().get(HttpHeaderNames.EXPECT);
        return expectation != null && HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expectation);
    }
}
