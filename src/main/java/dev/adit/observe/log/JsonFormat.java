package dev.adit.observe.log;

import dev.adit.http.Refusal;
import dev.adit.observe.End;
import dev.adit.observe.Finished;
import dev.adit.routing.Route;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
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

    private static final Map<Refusal, String> WORDS = words();

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

    private void request(Finished request, Line line) {
        text("client.address", request.clientAddress(), line);
        text("network.peer.address", request.client().address(), line);
        text("http.request.method", request.method(), line);
        text("url.scheme", request.isSecure() ? "https" : "http", line);
        text("server.address", request.host(), line);
        var target = request.target();
        var question = target.indexOf('?');
        text("url.path", question < 0 ? target : target.substring(0, question), line);
        text("url.query", question < 0 ? "" : queries.query(target.substring(question + 1)), line);
        text("network.protocol.version", version(request.version()), line);
        number("http.request.body.size", request.requestBytes(), line);
        text("user_agent.original", request.field("user-agent"), line);
        var referer = request.field("referer");
        text("http.request.header.referer", referer == null ? null : queries.of(referer), line);
        text("http.request.header.x-request-id", NginxVariables.id(request), line);
        text("user.name", RemoteUser.of(request), line);
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
        text("end", request.end().name().toLowerCase(Locale.ROOT), line);
        text("reason", reason(request), line);
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
        return route != null && route.action() instanceof Route.Action.Answer(var _, var reason) ? reason : "ByPolicy";
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

    private static void origin(Finished request, Line line) {
        var route = request.route();
        if (route == null) {
            return;
        }
        text("http.route", route.match().path().text(), line);
        var origin = route.origin();
        text("k8s.namespace.name", origin.namespace(), line);
        line.raw(",\"k8s.")
                .raw(origin.kind().toLowerCase(Locale.ROOT))
                .raw(".name\":\"")
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
            text("upstream.address", endpoint.toString(), line);
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
