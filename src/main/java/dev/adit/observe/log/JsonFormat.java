package dev.adit.observe.log;

import dev.adit.observe.End;
import dev.adit.observe.Finished;
import dev.adit.observe.FinishedTunnel;
import dev.adit.observe.HttpConventions;
import dev.adit.observe.Reason;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamId;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An object of JSON in each line. The names are those of OpenTelemetry's semantic conventions where it has one. A field that has nothing to
 * say is left out.
 */
final class JsonFormat implements LineFormat {
    private static final int MILLIS_PER_SECOND = 1_000;

    private static final byte[] CLIENT_ADDRESS = text("client.address");
    private static final byte[] DURATION = name("duration");
    private static final byte[] END = text("end");
    private static final byte[] ERROR_TYPE = text("error.type");
    private static final byte[] HTTP_REQUEST_BODY_SIZE = name("http.request.body.size");
    private static final byte[] HTTP_REQUEST_METHOD = text("http.request.method");
    private static final byte[] HTTP_REQUEST_METHOD_ORIGINAL = text("http.request.method_original");
    private static final byte[] HTTP_REQUEST_RESEND_COUNT = name("http.request.resend_count");
    private static final byte[] HTTP_RESPONSE_BODY_SIZE = name("http.response.body.size");
    private static final byte[] HTTP_RESPONSE_STATUS_CODE = name("http.response.status_code");
    private static final byte[] HTTP_ROUTE = text("http.route");
    private static final byte[] HTTP_SERVER_REQUEST_DURATION = name("http.server.request.duration");
    private static final byte[] K8S_NAMESPACE_NAME = text("k8s.namespace.name");
    private static final byte[] K8S_POD_NAME = text("k8s.pod.name");
    private static final byte[] K8S_SERVICE_NAME = text("k8s.service.name");
    private static final byte[] K8S_SERVICE_PORT = name("k8s.service.port");
    private static final byte[] NETWORK_PEER_ADDRESS = text("network.peer.address");
    private static final byte[] NETWORK_PROTOCOL_VERSION = text("network.protocol.version");
    private static final byte[] NETWORK_TRANSPORT = text("network.transport");
    private static final byte[] REASON = text("reason");
    private static final byte[] RECEIVED_BYTES = name("received.bytes");
    private static final byte[] SENT_BYTES = name("sent.bytes");
    private static final byte[] SERVER_ADDRESS = text("server.address");
    private static final byte[] UPSTREAM_ADDRESS = text("upstream.address");
    private static final byte[] UPSTREAM_HEAD_DURATION = name("upstream.head.duration");
    private static final byte[] URL_PATH = text("url.path");
    private static final byte[] URL_QUERY = text("url.query");
    private static final byte[] URL_SCHEME = text("url.scheme");
    private static final byte[] USER_NAME = text("user.name");
    private static final byte[] USER_AGENT_ORIGINAL = text("user_agent.original");
    private static final int SERVER_ERROR = 500;
    private static final AsciiString USER_AGENT = AsciiString.cached("user-agent");
    private static final AsciiString REFERER = AsciiString.cached("referer");
    private static final List<String> FIELDS = List.of("authorization", "referer", "user-agent");
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY");
    private static final Map<String, String> KINDS = Stream.of(
                    "Ingress", "HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "ConfigMap")
            .collect(Collectors.toUnmodifiableMap(
                    Function.identity(), kind -> ",\"k8s." + kind.toLowerCase(Locale.ROOT) + ".name\":\""));
    private static final Map<End, String> ENDS = names(End.class);
    private static final Map<FinishedTunnel.Result, String> RESULTS = names(FinishedTunnel.Result.class);

    private final Queries queries;

    JsonFormat(Queries queries) {
        this.queries = queries;
    }

    @Override
    public void write(FinishedTunnel tunnel, Line line) {
        time(line);
        text(CLIENT_ADDRESS, tunnel.clientAddress(), line);
        text(NETWORK_TRANSPORT, "tcp", line);
        text(SERVER_ADDRESS, tunnel.host().text(), line);
        number(RECEIVED_BYTES, tunnel.received(), line);
        number(SENT_BYTES, tunnel.sent(), line);
        line.raw(DURATION).seconds(tunnel.nanos());
        text(END, RESULTS.get(tunnel.result()), line);
        origin(tunnel.tunnel().origin(), line);
        upstream(tunnel.upstream(), line);
        endpoint(tunnel.endpoint(), line);
        line.raw('}');
    }

    @Override
    public void write(Finished request, Line line) {
        time(line);
        request(request, line);
        response(request, line);
        origin(request, line);
        upstream(request, line);
        line.raw('}');
    }

    private static void time(Line line) {
        var millis = (int) (line.now().millis() % MILLIS_PER_SECOND);
        line.raw("{\"timestamp\":\"").raw(line.now().utc()).raw('.');
        line.raw((char) ('0' + millis / 100))
                .raw((char) ('0' + millis / 10 % 10))
                .raw((char) ('0' + millis % 10));
        line.raw("Z\"");
    }

    @Override
    public List<String> fields() {
        return FIELDS;
    }

    private void request(Finished request, Line line) {
        text(CLIENT_ADDRESS, request.clientAddress(), line);
        text(NETWORK_PEER_ADDRESS, request.client().address(), line);
        method(request.method(), line);
        text(URL_SCHEME, request.isSecure() ? "https" : "http", line);
        text(SERVER_ADDRESS, request.host(), line);
        var target = queries.of(request.target());
        var question = target.indexOf('?');
        text(URL_PATH, question < 0 ? target : target.substring(0, question), line);
        text(URL_QUERY, question < 0 ? "" : target.substring(question + 1), line);
        text(NETWORK_PROTOCOL_VERSION, HttpConventions.version(request.version()), line);
        number(HTTP_REQUEST_BODY_SIZE, request.requestBytes(), line);
        text(USER_AGENT_ORIGINAL, request.field(USER_AGENT), line);
        var referer = request.field(REFERER);
        header("referer", referer == null ? null : queries.of(referer), line);
        header("x-request-id", request.requestId(), line);
        text(USER_NAME, RemoteUser.of(request), line);
    }

    private static void method(String method, Line line) {
        var isKnown = METHODS.contains(method);
        text(HTTP_REQUEST_METHOD, isKnown || method.isEmpty() ? method : "_OTHER", line);
        text(HTTP_REQUEST_METHOD_ORIGINAL, isKnown ? "" : method, line);
    }

    /** A header field is an array of its lines. */
    private static void header(String name, @Nullable String text, Line line) {
        if (text != null && !text.isEmpty()) {
            line.raw(",\"http.request.header.")
                    .raw(name)
                    .raw("\":[\"")
                    .json(text)
                    .raw("\"]");
        }
    }

    private static void response(Finished request, Line line) {
        if (request.status() != Finished.NO_STATUS) {
            number(HTTP_RESPONSE_STATUS_CODE, request.status(), line);
        }
        number(HTTP_RESPONSE_BODY_SIZE, request.responseBytes(), line);
        line.raw(HTTP_SERVER_REQUEST_DURATION).seconds(request.nanos());
        text(END, ENDS.get(request.end()), line);
        var reason = Reason.of(request);
        text(REASON, reason, line);
        if (request.status() >= SERVER_ERROR) {
            text(ERROR_TYPE, reason == null ? Integer.toString(request.status()) : reason, line);
        }
    }

    private static <E extends Enum<E>> Map<E, String> names(Class<E> type) {
        var names = new EnumMap<E, String>(type);
        for (var one : type.getEnumConstants()) {
            names.put(one, one.name().toLowerCase(Locale.ROOT));
        }
        return names;
    }

    private static void origin(Finished request, Line line) {
        var route = request.route();
        if (route == null) {
            return;
        }
        text(HTTP_ROUTE, route.match().path().text(), line);
        origin(route.origin(), line);
    }

    private static void origin(RouteOrigin origin, Line line) {
        text(K8S_NAMESPACE_NAME, origin.namespace(), line);
        line.raw(KINDS.getOrDefault(origin.kind(), ",\"k8s.object.name\":\""))
                .json(origin.name())
                .raw('"');
    }

    private static void upstream(Finished request, Line line) {
        upstream(request.upstream(), line);
        var endpoint = request.endpoint();
        if (endpoint != null) {
            endpoint(endpoint, line);
            if (Upstreams.hasAnswered(request)) {
                line.raw(UPSTREAM_HEAD_DURATION).seconds(request.nanosToHead());
            }
        }
        if (request.attempts() > 1) {
            number(HTTP_REQUEST_RESEND_COUNT, request.attempts() - 1L, line);
        }
    }

    private static void upstream(@Nullable UpstreamId upstream, Line line) {
        if (upstream != null) {
            text(K8S_SERVICE_NAME, upstream.service(), line);
            number(K8S_SERVICE_PORT, upstream.port(), line);
        }
    }

    private static void endpoint(@Nullable Endpoint endpoint, Line line) {
        if (endpoint != null) {
            text(K8S_POD_NAME, endpoint.pod(), line);
            line.raw(UPSTREAM_ADDRESS).endpoint(endpoint).raw('"');
        }
    }

    private static void number(byte[] name, long number, Line line) {
        line.raw(name).number(number);
    }

    private static void text(byte[] name, @Nullable String text, Line line) {
        if (text != null && !text.isEmpty()) {
            line.raw(name).json(text).raw('"');
        }
    }

    /** What stands before a number. */
    private static byte[] name(String name) {
        return (",\"" + name + "\":").getBytes(StandardCharsets.US_ASCII);
    }

    /** What stands before a text, whose end is a quotation mark. */
    private static byte[] text(String name) {
        return (",\"" + name + "\":\"").getBytes(StandardCharsets.US_ASCII);
    }
}
