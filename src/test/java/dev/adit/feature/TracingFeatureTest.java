package dev.adit.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.observe.ExchangeObserver;
import dev.adit.observe.Finished;
import dev.adit.observe.RequestTrace;
import dev.adit.testbed.Adit;
import dev.adit.testbed.IngressNginx;
import dev.adit.testbed.RawOrigin;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether requests are traced, and in whose trace, by annotations of ingress-nginx. */
class TracingFeatureTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    /** Keeps what each trace that is begun is told of its client's. */
    private static final class Traces implements ExchangeObserver {
        private final List<String> parents = new CopyOnWriteArrayList<>();

        @Override
        public void finished(Finished finished) {}

        @Override
        public boolean traces() {
            return true;
        }

        @Override
        public RequestTrace begin(Function<String, @Nullable String> fields) {
            parents.add(String.valueOf(fields.apply("traceparent")));
            return new RequestTrace() {
                @Override
                public void attempt() {}

                @Override
                public void propagate(BiConsumer<CharSequence, @Nullable CharSequence> fields) {}
            };
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "enable-opentelemetry: 'true' | 00-theirs",
                "enable-opentelemetry: 'false' | ",
                "opentelemetry-trust-incoming-span: 'false' | null",
                "opentelemetry-trust-incoming-span: 'perhaps' | 00-theirs"
            },
            quoteCharacter = '`')
    void a_request_is_traced_as_its_ingress_says(String annotations, String parent) throws Exception {
        var traces = new Traces();
        var ingress = Adit.ingress("nginx.ingress.kubernetes.io/" + annotations)
                .replace("rules:", "ingressClassName: nginx\n  rules:");
        try (var web = RawOrigin.answering(OK);
                var adit = Adit.serving(
                        IngressNginx.CLASS + ingress + Adit.service("web", web.port()),
                        IngressNginx.options(),
                        traces)) {
            var reply =
                    adit.send("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\ntraceparent: 00-theirs\r\n\r\n");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(traces.parents).isEqualTo(parent == null ? List.of() : List.of(parent));
        }
    }
}
