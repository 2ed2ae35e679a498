package dev.adit.observe.trace;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from, as its header fields say it: W3C Trace Context, or else B3 in one field or in several. What is
 * not valid counts as missing, as both specifications want it.
 *
 * @param formats in which the client sent its trace, and in which endpoints get theirs
 * @param sampled null where the client has left the decision to us
 */
record Parent(
        Set<Format> formats,
        String traceId,
        String spanId,
        @Nullable Boolean sampled) {
    private static final String TRACEPARENT = "traceparent";
    private static final String B3 = "b3";
    private static final String B3_TRACE = "x-b3-traceid";
    private static final String B3_SPAN = "x-b3-spanid";
    private static final String B3_SAMPLED = "x-b3-sampled";
    private static final String B3_FLAGS = "x-b3-flags";
    private static final int TRACEPARENT_LENGTH = 55;
    private static final int SHORT_TRACE_ID = 16;
    private static final int HEX = 16;

    /** How a trace is named in header fields. */
    enum Format {
        W3C,
        B3_SINGLE,
        B3_MULTI
    }

    /** Null where the request belongs to no trace. */
    static @Nullable Parent of(Function<String, @Nullable String> fields) {
        var traceparent = fields.apply(TRACEPARENT);
        var single = fields.apply(B3);
        var trace = fields.apply(B3_TRACE);
        var sampled = sampled(fields.apply(B3_SAMPLED), fields.apply(B3_FLAGS));
        if (traceparent == null && single == null && trace == null && sampled == null) {
            return null; // as almost all
        }
        var formats = EnumSet.noneOf(Format.class);
        var parent = traceparent == null ? null : ofTraceparent(traceparent.strip());
        if (parent != null) {
            formats.add(Format.W3C);
        }
        if (single != null) {
            formats.add(Format.B3_SINGLE);
            parent = parent == null ? ofSingle(single.strip().toLowerCase(Locale.ROOT)) : parent;
        }
        if (trace != null || sampled != null) {
            formats.add(Format.B3_MULTI);
            parent = parent == null ? ofMulti(trace, fields.apply(B3_SPAN), sampled) : parent;
        }
        return parent == null ? null : new Parent(Set.copyOf(formats), parent.traceId, parent.spanId, parent.sampled);
    }

    private static @Nullable Parent ofMulti(@Nullable String trace, @Nullable String span, @Nullable Boolean sampled) {
        return trace == null || span == null
                ? ofDecision(sampled)
                : of(trace.strip().toLowerCase(Locale.ROOT), span.strip().toLowerCase(Locale.ROOT), sampled);
    }

    /** W3C Trace Context, section 3.2: what a later version has behind the flags is not looked at. */
    private static @Nullable Parent ofTraceparent(String text) {
        var isLater = !text.startsWith("00-");
        if (text.length() < TRACEPARENT_LENGTH
                || text.charAt(2) != '-'
                || text.charAt(35) != '-'
                || text.charAt(52) != '-'
                || text.startsWith("ff")
                || !isHex(text, 0, 2)
                || !isHex(text, 53, TRACEPARENT_LENGTH)
                || (text.length() > TRACEPARENT_LENGTH && (!isLater || text.charAt(TRACEPARENT_LENGTH) != '-'))) {
            return null;
        }
        var flags = Integer.parseInt(text, 53, TRACEPARENT_LENGTH, HEX);
        return of(text.substring(3, 35), text.substring(36, 52), (flags & 1) == 1);
    }

    private static boolean isHex(String text, int from, int to) {
        for (var i = from; i < to; i++) {
            var c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Parent ofSingle(String text) {
        var parts = text.split("-", 5);
        if (parts.length == 1) {
            return ofDecision(sampled(parts[0], null));
        }
        return of(parts[0], parts[1], parts.length > 2 ? sampled(parts[2], null) : null);
    }

    private static @Nullable Boolean sampled(@Nullable String text, @Nullable String flags) {
        if ("1".equals(flags)) {
            return true; // debug
        }
        return switch (text) {
            case null -> null;
            case "1", "d", "true" -> true;
            case "0", "false" -> false;
            default -> null;
        };
    }

    /** A decision without a trace. */
    private static @Nullable Parent ofDecision(@Nullable Boolean sampled) {
        return sampled == null ? null : new Parent(Set.of(), "", "", sampled);
    }

    private static @Nullable Parent of(String trace, String span, @Nullable Boolean sampled) {
        var whole = trace.length() == SHORT_TRACE_ID ? "0".repeat(SHORT_TRACE_ID) + trace : trace;
        return TraceId.isValid(whole) && SpanId.isValid(span) ? new Parent(Set.of(), whole, span, sampled) : null;
    }

    /** The span that the client has for the request; invalid where it only has a decision. */
    SpanContext context() {
        return traceId.isEmpty()
                ? SpanContext.getInvalid()
                : SpanContext.createFromRemoteParent(traceId, spanId, TraceFlags.getSampled(), TraceState.getDefault());
    }
}
