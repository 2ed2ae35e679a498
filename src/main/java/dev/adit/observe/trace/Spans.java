package dev.adit.observe.trace;

import dev.adit.observe.Attempt;
import dev.adit.observe.End;
import dev.adit.observe.Finished;
import dev.adit.observe.HttpConventions;
import dev.adit.observe.Reason;
import dev.adit.observe.RequestTrace;
import dev.adit.observe.trace.Parent.Format;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamId;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one request. Names and attributes are those of OpenTelemetry's conventions for HTTP spans; {@code adit.reason} says
 * why Adit answered in place of an endpoint. Queries and header fields are left out, for they may hold secrets.
 */
final class Spans implements RequestTrace {
    static final String USER_AGENT = "user-agent";

    private static final int FIRST_CLIENT_ERROR = 400;
    private static final int FIRST_SERVER_ERROR = 500;
    private static final String STATUS = "http.response.status_code";
    private static final String METHOD = "http.request.method";
    private static final String ERROR_TYPE = "error.type";

    private final Tracer tracer;
    private final @Nullable Parent parent;
    private final Span server;
    private final List<Try> attempts = new ArrayList<>(1);

    /**
     * An attempt, whose end is known only when the request ends.
     *
     * @param startedAt nanoseconds since 1970
     */
    private record Try(Span span, long startedAt) {}

    /** Begins the span of the request. */
    Spans(Tracer tracer, @Nullable Parent parent) {
        this.tracer = tracer;
        this.parent = parent;
        var from = parent == null ? Context.root() : Context.root().with(Span.wrap(parent.context()));
        this.server = tracer.spanBuilder("HTTP")
                .setSpanKind(SpanKind.SERVER)
                .setParent(from)
                .startSpan();
    }

    @Override
    public void attempt() {
        var now = Instant.now();
        var startedAt = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        var span = tracer.spanBuilder("HTTP")
                .setSpanKind(SpanKind.CLIENT)
                .setParent(Context.root().with(server))
                .setStartTimestamp(startedAt, TimeUnit.NANOSECONDS)
                .startSpan();
        attempts.add(new Try(span, startedAt));
    }

    /** Uses every format that the client used, so that no field with the span of the client is left. */
    @Override
    public void propagate(BiConsumer<CharSequence, @Nullable CharSequence> fields) {
        var asking = attempts.isEmpty() ? server : attempts.getLast().span();
        var context = asking.getSpanContext();
        var formats = parent == null ? Set.of(Format.W3C) : parent.formats();
        for (var format : formats) {
            switch (format) {
                case W3C ->
                    fields.accept("traceparent", "00-" + context.getTraceId() + "-" + context.getSpanId() + "-01");
                case B3_SINGLE -> fields.accept("b3", context.getTraceId() + "-" + context.getSpanId() + "-1");
                case B3_MULTI -> {
                    fields.accept("x-b3-traceid", context.getTraceId());
                    fields.accept("x-b3-spanid", context.getSpanId());
                    fields.accept("x-b3-parentspanid", server.getSpanContext().getSpanId());
                    fields.accept("x-b3-sampled", "1");
                    fields.accept("x-b3-flags", null);
                }
            }
        }
        if (parent == null || parent.traceId().isEmpty()) {
            fields.accept("tracestate", null); // of a trace that this one does not go on with
        }
    }

    /** Ends them all. */
    void end(Finished request) {
        var named = HttpConventions.method(request.method());
        var known = !named.equals(HttpConventions.OTHER);
        var method = known ? named : "HTTP";
        attempts(request, method);
        var route = request.route();
        server.updateName(
                route == null ? method : method + " " + route.match().path().text());
        server.setAttribute(METHOD, named);
        if (!known) {
            text(server, "http.request.method_original", request.method());
        }
        server.setAttribute("url.scheme", request.isSecure() ? "https" : "http");
        text(server, "url.path", request.path());
        text(server, "server.address", request.host());
        text(server, "client.address", request.clientAddress());
        text(server, "network.protocol.version", HttpConventions.version(request.version()));
        text(server, "user_agent.original", request.field(USER_AGENT));
        var origin = request.origin();
        if (route != null && origin != null) {
            server.setAttribute("http.route", route.match().path().text());
            server.setAttribute("k8s.namespace.name", origin.namespace());
            server.setAttribute("k8s." + origin.kind().toLowerCase(Locale.ROOT) + ".name", origin.name());
        }
        result(request);
        server.end();
    }

    private void result(Finished request) {
        if (request.status() != Finished.NO_STATUS) {
            server.setAttribute(STATUS, request.status());
        }
        var reason = Reason.of(request);
        text(server, "adit.reason", reason);
        var isBroken = request.end() == End.UPSTREAM_BROKE || request.end() == End.BROKEN_OFF;
        if (isBroken || request.status() >= FIRST_SERVER_ERROR) {
            server.setStatus(StatusCode.ERROR);
            server.setAttribute(
                    ERROR_TYPE, reason != null ? reason : isBroken ? "broken_off" : Integer.toString(request.status()));
        }
    }

    /** The last span is that of the endpoint that was asked last; those before it are in their order. */
    private void attempts(Finished request, String method) {
        var earlier = request.earlier();
        for (var i = 0; i < attempts.size(); i++) {
            var span = attempts.get(i).span();
            span.updateName(method);
            span.setAttribute(METHOD, method);
            if (i > 0) {
                span.setAttribute("http.request.resend_count", i);
            }
            if (i < earlier.size()) {
                attempt(span, earlier.get(i));
                span.end(attempts.get(i).startedAt() + earlier.get(i).nanos(), TimeUnit.NANOSECONDS);
            } else {
                attempt(span, request);
                span.end();
            }
        }
    }

    private static void attempt(Span span, Attempt attempt) {
        to(span, attempt.upstream(), attempt.endpoint());
        status(span, attempt.status());
    }

    private static void attempt(Span span, Finished request) {
        to(span, request.upstream(), request.endpoint());
        if (request.endpointStatus() != Finished.NO_STATUS) {
            status(span, request.endpointStatus());
        } else if (request.reason() != null && request.reason().isOfEndpoint()) {
            failed(span, Reason.of(request));
        }
        if (request.end() == End.UPSTREAM_BROKE) {
            failed(span, "broken_off");
        }
    }

    private static void to(Span span, @Nullable UpstreamId upstream, @Nullable Endpoint endpoint) {
        if (upstream != null) {
            span.setAttribute("k8s.service.name", upstream.service());
        }
        if (endpoint != null) {
            span.setAttribute("server.address", endpoint.address());
            span.setAttribute("server.port", endpoint.port());
            if (!endpoint.pod().isEmpty()) {
                span.setAttribute("k8s.pod.name", endpoint.pod());
            }
        }
    }

    private static void status(Span span, int status) {
        span.setAttribute(STATUS, status);
        if (status >= FIRST_CLIENT_ERROR) {
            failed(span, Integer.toString(status));
        }
    }

    private static void failed(Span span, @Nullable String type) {
        span.setStatus(StatusCode.ERROR);
        text(span, ERROR_TYPE, type);
    }

    private static void text(Span span, String name, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            span.setAttribute(name, text);
        }
    }
}
