package dev.adit.exchange;

import dev.adit.http.Client;
import dev.adit.http.Refusal;
import dev.adit.http.RequestHead;
import dev.adit.http.codec.Answer;
import dev.adit.observe.Attempt;
import dev.adit.observe.End;
import dev.adit.observe.Finished;
import dev.adit.routing.Hostname;
import dev.adit.routing.Route;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamId;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request that ended before any route took it, as observers see it.
 *
 * @param request what was read of it, or null
 */
public record RefusedRequest(
        Client client,
        @Nullable HttpRequest request,
        String authority,
        String host,
        String path,
        int status,
        End end,
        @Nullable Refusal reason,
        long responseBytes)
        implements Finished {
    /**
     * A request that is answered because of its head.
     *
     * @param authority as the client wrote it, or null; only of use where the head was not valid
     */
    public static RefusedRequest of(
            HttpRequest request, @Nullable CharSequence authority, Client client, Admission.Refused refused) {
        var answer = refused.answer();
        var head = refused.head();
        var raw = head == null ? Objects.toString(authority, "") : head.authority();
        return new RefusedRequest(
                client,
                request,
                raw,
                head == null
                        ? Hostname.normalize(RequestHead.nameOf(raw.substring(raw.lastIndexOf('@') + 1)))
                        : head.host(),
                head == null ? path(request) : head.path(),
                answer.status().code(),
                answer.refusal() == null ? End.ANSWERED : End.REFUSED,
                answer.refusal(),
                answer.bodyBytes(request.method()));
    }

    /** A request that got this answer before its head was read whole. */
    public static RefusedRequest unread(Client client, Answer answer) {
        var bytes = answer.bodyBytes(HttpMethod.GET);
        return unread(client, answer.refusal(), answer.status().code(), bytes);
    }

    /** A request whose head could not be read, and which got no body. */
    public static RefusedRequest unread(Client client, Refusal reason) {
        return unread(client, reason, reason.status(), 0);
    }

    /** A request that got no answer because its head could not be read. */
    public static RefusedRequest unanswered(Client client, Refusal reason) {
        return unread(client, reason, NO_STATUS, 0);
    }

    private static RefusedRequest unread(Client client, @Nullable Refusal reason, int status, long responseBytes) {
        return new RefusedRequest(client, null, "", "", "", status, End.REFUSED, reason, responseBytes);
    }

    private static String path(HttpRequest request) {
        if (isMadeUp(request)) {
            return "";
        }
        var query = request.uri().indexOf('?');
        return query < 0 ? request.uri() : request.uri().substring(0, query);
    }

    /** Netty decodes no body together with a head, except for what it makes up in place of a head that it cannot read. */
    private static boolean isMadeUp(HttpRequest request) {
        return request instanceof FullHttpRequest;
    }

    @Override
    public String method() {
        return request == null || isMadeUp(request) ? "" : request.method().name();
    }

    @Override
    public String version() {
        return request == null || isMadeUp(request)
                ? ""
                : request.protocolVersion().text();
    }

    @Override
    public String clientAddress() {
        return request == null
                ? client.address()
                : client.addressBehind(request.headers().getAll(Admission.FORWARDED_FOR));
    }

    @Override
    public boolean isSecure() {
        return request == null ? client.isSecure() : Admission.isSecure(request, client);
    }

    @Override
    public @Nullable Route route() {
        return null;
    }

    @Override
    public @Nullable Hostname hostname() {
        return null;
    }

    @Override
    public long requestBytes() {
        return 0;
    }

    @Override
    public long nanosToHead() {
        return NO_HEAD;
    }

    @Override
    public long nanos() {
        return 0;
    }

    @Override
    public @Nullable UpstreamId upstream() {
        return null;
    }

    @Override
    public @Nullable Endpoint endpoint() {
        return null;
    }

    @Override
    public long nanosOfAttempt() {
        return 0;
    }

    @Override
    public int endpointStatus() {
        return NO_STATUS;
    }

    @Override
    public List<Attempt> earlier() {
        return List.of();
    }

    @Override
    public String target() {
        return request == null || isMadeUp(request) ? "" : request.uri();
    }

    @Override
    public @Nullable String field(CharSequence name) {
        return request == null ? null : request.headers().get(name);
    }

    @Override
    public @Nullable String requestId() {
        return field("x-request-id");
    }

    @Override
    public long headBytes() {
        return request == null || isMadeUp(request) ? 0 : AskedHead.bytes(request);
    }

    @Override
    public int attempts() {
        return 0;
    }
}
