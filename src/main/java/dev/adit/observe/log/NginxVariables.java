package dev.adit.observe.log;

import dev.adit.observe.Finished;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.upstream.UpstreamId;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The variables that a line of the access log can have: those of nginx, and those that ingress-nginx adds. */
final class NginxVariables {
    private static final AsciiString REFERER = AsciiString.cached("referer");
    private static final String NONE = "-";
    private static final NginxVariable UNKNOWN = (_, line) -> line.raw(NONE);
    private static final String FIELD = "http_";
    private static final Pattern CREDENTIALS =
            Pattern.compile(".*(?:authorization|cookie|token|secret|passw|api-?key|session).*");

    private final Queries queries;
    private final boolean isJson;
    private final Consumer<String> wrong;
    private final Map<String, NginxVariable> variables;
    private final Set<String> fields = new TreeSet<>(Set.of("authorization", "referer", "user-agent"));

    NginxVariables(Queries queries, boolean isJson, Consumer<String> wrong) {
        this.wrong = wrong;
        this.queries = queries;
        this.isJson = isJson;
        this.variables = Map.ofEntries(
                of("remote_addr", Finished::clientAddress),
                of("the_real_ip", Finished::clientAddress),
                of("proxy_protocol_addr", request -> request.client().address()),
                of("realip_remote_addr", request -> request.client().address()),
                of("remote_user", RemoteUser::of),
                Map.entry("time_local", (_, line) -> line.raw(line.now().local())),
                Map.entry("time_iso8601", (_, line) -> line.raw(line.now().iso())),
                Map.entry("msec", (_, line) -> line.millis(line.now().millis())),
                Map.entry("request", this::request),
                of("request_method", Finished::method),
                of("request_uri", request -> queries.of(request.target())),
                of("uri", Finished::path),
                of("document_uri", Finished::path),
                of("args", this::query),
                of("query_string", this::query),
                of("is_args", request -> query(request) == null ? "" : "?"),
                of("server_protocol", Finished::version),
                of("scheme", request -> request.isSecure() ? "https" : "http"),
                of("host", Finished::host),
                of("http_host", request -> Queries.authority(request.authority())),
                of("http_referer", request -> url(request.field(REFERER))),
                Map.entry("status", NginxVariables::status),
                number("body_bytes_sent", Finished::responseBytes),
                number("bytes_sent", Finished::responseBytes),
                number("request_length", request -> request.headBytes() + request.requestBytes()),
                Map.entry("request_time", (request, line) -> line.seconds(request.nanos())),
                Map.entry("proxy_upstream_name", Upstreams::name),
                Map.entry("proxy_alternative_upstream_name", Upstreams::alternative),
                Map.entry("upstream_addr", Upstreams::addresses),
                Map.entry("upstream_response_length", Upstreams::lengths),
                Map.entry("upstream_response_time", Upstreams::times),
                Map.entry("upstream_header_time", Upstreams::headTimes),
                Map.entry("upstream_status", Upstreams::statuses),
                of("req_id", Finished::requestId),
                of("request_id", Finished::requestId),
                of("namespace", request -> in(request.origin(), RouteOrigin::namespace)),
                of("ingress_name", request -> in(request.origin(), RouteOrigin::name)),
                of("service_name", request -> in(Upstreams.ofRoute(request), UpstreamId::service)),
                of(
                        "service_port",
                        request -> in(Upstreams.ofRoute(request), upstream -> Integer.toString(upstream.port()))),
                of(
                        "location_path",
                        request -> request.route() == null
                                ? null
                                : request.route().match().path().text()),
                Map.entry(
                        "pid", (_, line) -> line.number(ProcessHandle.current().pid())));
    }

    /** One of them, or any header field. */
    NginxVariable named(String name) {
        var variable = variables.get(name);
        if (variable != null) {
            return variable;
        }
        var field = name.startsWith(FIELD) ? name.substring(FIELD.length()).replace('_', '-') : "";
        if (CREDENTIALS.matcher(field).matches()) {
            wrong.accept("$" + name + " is a credential, which no log may have");
            return UNKNOWN;
        }
        if (field.isEmpty()) {
            wrong.accept("$" + name + " is no variable that is known: there are $http_NAME for each header field, $"
                    + String.join(" $", new TreeSet<>(variables.keySet())));
            return UNKNOWN;
        }
        fields.add(field);
        var known = AsciiString.cached(field);
        return text(request -> request.field(known));
    }

    private Map.Entry<String, NginxVariable> of(String name, Function<Finished, @Nullable String> value) {
        return Map.entry(name, text(value));
    }

    private static Map.Entry<String, NginxVariable> number(String name, ToLongFunction<Finished> value) {
        return Map.entry(name, (request, line) -> line.number(value.applyAsLong(request)));
    }

    private static <T> @Nullable String in(@Nullable T there, Function<T, String> value) {
        return there == null ? null : value.apply(there);
    }

    private NginxVariable text(Function<Finished, @Nullable String> value) {
        return (request, line) -> {
            var text = value.apply(request);
            if (text != null) {
                write(text, line);
            } else if (!isJson) {
                line.raw(NONE);
            }
        };
    }

    private Line write(String text, Line line) {
        return isJson ? line.json(text) : line.escaped(text);
    }

    private void request(Finished request, Line line) {
        if (!request.method().isEmpty()) {
            write(request.method(), line).raw(' ');
            write(queries.of(request.target()), line).raw(' ').raw(request.version());
        }
    }

    private @Nullable String query(Finished request) {
        var target = request.target();
        var question = target.indexOf('?');
        return question < 0 || question == target.length() - 1 ? null : queries.query(target.substring(question + 1));
    }

    private @Nullable String url(@Nullable String text) {
        return text == null ? null : queries.of(text);
    }

    private static void status(Finished request, Line line) {
        var status = LogSelection.status(request);
        if (status == Finished.NO_STATUS) {
            line.raw("000");
        } else {
            line.number(status);
        }
    }

    /** The header fields that have to be known. */
    List<String> fields() {
        return List.copyOf(fields);
    }
}
