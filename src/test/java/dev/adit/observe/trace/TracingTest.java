package dev.adit.observe.trace;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.IngressNginx;
import dev.adit.testbed.RawOrigin;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TracingTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build();
    private final List<String> heads = Collections.synchronizedList(new ArrayList<>());

    private Adit serving(String yaml, double ratio) {
        return Adit.serving(yaml, IngressNginx.options(), new Tracing(provider.get("test"), ratio));
    }

    private RawOrigin origin(String... answers) throws Exception {
        return new RawOrigin((request, socket) -> {
            heads.add(request.toLowerCase(Locale.ROOT));
            socket.getOutputStream().write(answers[Math.min(heads.size(), answers.length) - 1].getBytes(US_ASCII));
        });
    }

    private static String request(String... fields) {
        return "GET /cart?secret=1 HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n"
                + String.join(
                        "",
                        List.of(fields).stream().map(field -> field + "\r\n").toList())
                + "\r\n";
    }

    private List<SpanData> of(SpanKind kind) {
        return exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getKind() == kind)
                .toList();
    }

    private String told(String field) {
        var found = Pattern.compile("\r\n" + field + ": ([^\r]*)").matcher(heads.getLast());
        return found.find() ? found.group(1) : "";
    }

    @Test
    void a_request_is_a_span_and_so_is_each_attempt_and_the_endpoint_goes_on_with_the_trace() throws Exception {
        try (var web = origin(OK);
                var adit = serving(Adit.ingress("") + Adit.service("web", web.port()), 0)) {
            adit.send(request("traceparent: 00-" + TRACE + "-" + SPAN + "-01", "tracestate: a=b"));
            var server = of(SpanKind.SERVER).getFirst();
            assertThat(server.getName()).isEqualTo("GET /");
            assertThat(server.getTraceId()).isEqualTo(TRACE);
            assertThat(server.getParentSpanId()).isEqualTo(SPAN);
            assertThat(server.getAttributes().get(STATUS)).isEqualTo(200);
            assertThat(server.getAttributes().get(AttributeKey.stringKey("http.route")))
                    .isEqualTo("/");
            assertThat(server.getAttributes().get(AttributeKey.stringKey("k8s.ingress.name")))
                    .isEqualTo("shop");
            assertThat(server.toString()).doesNotContain("secret");
            var client = of(SpanKind.CLIENT).getFirst();
            assertThat(client.getParentSpanId()).isEqualTo(server.getSpanId());
            assertThat(client.getAttributes().get(AttributeKey.longKey("server.port")))
                    .isEqualTo(web.port());
            assertThat(told("traceparent")).isEqualTo("00-" + TRACE + "-" + client.getSpanId() + "-01");
            assertThat(told("tracestate")).isEqualTo("a=b");
        }
    }

    @Test
    void an_attempt_that_failed_is_a_span_of_its_own() throws Exception {
        try (var web = origin(OK);
                var adit = serving(
                        Adit.ingress("")
                                + Adit.service("web", web.port())
                                        .replace(
                                                "[{addresses: [127.0.0.1]}]",
                                                "[{addresses: [127.0.0.1]}, {addresses: [127.0.0.2]}]"),
                        1)) {
            while (of(SpanKind.CLIENT).size() == of(SpanKind.SERVER).size()) {
                adit.send(request());
            }
            var last = of(SpanKind.SERVER).getLast();
            var attempts = of(SpanKind.CLIENT).stream()
                    .filter(span -> span.getTraceId().equals(last.getTraceId()))
                    .toList();
            assertThat(attempts).hasSize(2);
            assertThat(attempts.getFirst().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(attempts.getFirst().getEndEpochNanos())
                    .isLessThanOrEqualTo(attempts.getLast().getEndEpochNanos());
            assertThat(attempts.getLast().getAttributes().get(STATUS)).isEqualTo(200);
            assertThat(attempts.getLast().getAttributes().get(AttributeKey.longKey("http.request.resend_count")))
                    .isEqualTo(1);
            assertThat(last.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        }
    }

    @Test
    void who_comes_with_b3_is_followed_by_b3() throws Exception {
        try (var web = origin(OK);
                var adit = serving(Adit.ingress("") + Adit.service("web", web.port()), 0)) {
            adit.send(request("b3: " + TRACE + "-" + SPAN + "-1"));
            assertThat(told("b3")).startsWith(TRACE + "-").endsWith("-1").doesNotContain(SPAN);
            assertThat(told("traceparent")).isEmpty();
            adit.send(request("X-B3-TraceId: " + TRACE, "X-B3-SpanId: " + SPAN, "X-B3-Sampled: 1"));
            assertThat(told("x-b3-traceid")).isEqualTo(TRACE);
            assertThat(told("x-b3-spanid"))
                    .isEqualTo(of(SpanKind.CLIENT).getLast().getSpanId());
        }
    }

    @Test
    void what_the_client_has_not_sampled_passes_as_it_is() throws Exception {
        try (var web = origin(OK);
                var adit = serving(Adit.ingress("") + Adit.service("web", web.port()), 1)) {
            var field = "00-" + TRACE + "-" + SPAN + "-00";
            adit.send(request("traceparent: " + field));
            assertThat(told("traceparent")).isEqualTo(field);
            assertThat(exporter.getFinishedSpanItems()).isEmpty();
        }
    }

    @Test
    void an_answer_of_adits_own_says_why() throws Exception {
        try (var adit = serving(Adit.ingress(""), 1)) {
            adit.send(request());
            var server = of(SpanKind.SERVER).getFirst();
            assertThat(server.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(server.getAttributes().get(AttributeKey.stringKey("adit.reason")))
                    .isEqualTo("RouteUnavailable");
            assertThat(of(SpanKind.CLIENT)).isEmpty();
        }
    }
}
