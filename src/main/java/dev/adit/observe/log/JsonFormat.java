package dev.adit.observe.log;

import dev.adit.http.Refusal;
import dev.adit.observe.End;
import dev.adit.observe.Finished;
import dev.adit.routing.Route;
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
    private static final String HTTP = "HTTP/";
    private static final int MILLIS_PER_SECOND = 1_000;

    private static final int SERVER_ERROR = 500;
    private static final String USER_AGENT = "user-agent";
    private static final String REFERER = "referer";
    private static final List<String> FIELDS = List.of("authorization", REFERER, USER_AGENT);
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY");
    private static final Map<String, String> KINDS = Stream.of("Ingress", "HTTPRoute", "GRPCRoute")
            .collect(Collectors.toUnmodifiableMap(
                    Function.identity(), kind -> ",\"k8s." + kind.toLowerCase(Locale.ROOT) + ".name\":\""));
    private static final Map<Refusal, String> WORDS = words();
    private static final Map<End, String> ENDS = ends();

    private final Queries queries;

    JsonFormat(Queries queries) {
        this.queries = queries;
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
        text("client.address", request.clientAddress(), line);
        text("network.peer.address", request.client().address(), line);
        method(request.method(), line);
        text("url.scheme", request.isSecure() ? "https" : "http", line);
        text("server.address", Queries.authority(request.host()), line);
        var target = queries.of(request.target());
        var question = target.indexOf('?');
        text("url.path", question < 0 ? target : target.substring(0, question), line);
        text("url.query", question < 0 ? "" : target.substring(question + 1), line);
        text("network.protocol.version", version(request.version()), line);
        number("http.request.body.size", request.requestBytes(), line);
        text("user_agent.original", request.field(USER_AGENT), line);
        var referer = request.field(REFERER);
        header("referer", referer == null ? null : queries.of(referer), line);
        header("x-request-id", request.requestId(), line);
        text("user.name", RemoteUser.of(request), line);
    }

    private static void method(String method, Line line) {
        var isKnown = METHODS.contains(method);
        text("http.request.method", isKnown || method.isEmpty() ? method : "_OTHER", line);
        text("http.request.method_original", isKnown ? "" : method, line);
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

    private static String version(String version) {
        var number = version.startsWith(HTTP) ? version.substring(HTTP.length()) : version;
        return number.equals("2.0") ? "2" : number;
    }

    private static void response(Finished request, Line line) {
        if (request.status() != Finished.NO_STATUS) {
            number("http.response.status_code", request.status(), line);
        }
        number("http.response.body.size", request.responseBytes(), line);
        name("http.server.request.duration", line).seconds(request.nanos());
        text("end", ENDS.get(request.end()), line);
        var reason = reason(request);
        text("reason", reason, line);
        if (request.status() >= SERVER_ERROR) {
            text("error.type", reason == null ? Integer.toString(request.status()) : reason, line);
        }
    }

    /** Why Adit has answered in place of an endpoint, in one word; null where an endpoint has. */
    private static @Nullable String reason(Finished request) {
        if (request.reason() != null) {
            return WORDS.get(request.reason());
        }
        if (request.end() != End.ANSWERED) {
            return null;
        }
        var route = request.route();
        return route != null
                        && route.action() instanceof Route.Action.Answer(var status, var reason)
                        && status == request.status()
                ? reason
                : "ByPolicy";
    }

    /** {@code NO_ENDPOINT} is {@code NoEndpoint}, as Kubernetes writes reasons. */
    private static Map<Refusal, String> words() {
        var words = new EnumMap<Refusal, String>(Refusal.class);
        for (var refusal : Refusal.values()) {
            words.put(
                    refusal,
                    Stream.of(refusal.name().split("_", -1))
                            .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining()));
        }
        return words;
    }

    private static Map<End, String> ends() {
        var ends = new EnumMap<End, String>(End.class);
        for (var end : End.values()) {
            ends.put(end, end.name().toLowerCase(Locale.ROOT));
        }
        return ends;
    }

    private static void origin(Finished request, Line line) {
        var route = request.route();
        if (route == null) {
            return;
        }
        text("http.route", route.match().path().text(), line);
        var origin = route.origin();
        text("k8s.namespace.name", origin.namespace(), line);
        line.raw(KINDS.getOrDefault(origin.kind(), ",\"k8s.object.name\":\""))
                .json(origin.name())
                .raw('"');
    }

    private static void upstream(Finished request, Line line) {
        var upstream = request.upstream();
        if (upstream != null) {
            text("k8s.service.name", upstream.service(), line);
            number("k8s.service.port", upstream.port(), line);
        }
        var endpoint = request.endpoint();
        if (endpoint != null) {
            name("upstream.address", line).raw('"').endpoint(endpoint).raw('"');
            if (Upstreams.hasAnswered(request)) {
                name("upstream.head.duration", line).seconds(request.nanosToHead());
            }
        }
        if (request.attempts() > 1) {
            number("http.request.resend_count", request.attempts() - 1L, line);
        }
    }

    private static Line name(String name, Line line) {
        return line.raw(",\"").raw(name).raw("\":");
    }

    private static void number(String name, long number, Line line) {
        name(name, line).number(number);
    }

    private static void text(String name, @Nullable String text, Line line) {
        if (text != null && !text.isEmpty()) {
            name(name, line).raw('"').json(text).raw('"');
        }
    }
}
