package dev.adit.app;

import dev.adit.observe.ExchangeObserver;
import dev.adit.observe.trace.TraceOptions;
import dev.adit.observe.trace.Tracing;
import dev.adit.text.Version;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.concurrent.TimeUnit;

/**
 * Sends spans to a collector. They wait in a queue of 2,048, and what comes faster than the collector takes it is dropped: no request
 * ever waits for a trace.
 */
// The exporter finds what sends its requests by a service loader, which an executable has to be told of.
@RegisterForReflection(classNames = "io.opentelemetry.exporter.sender.jdk.internal.JdkHttpSenderProvider")
final class TraceExport implements AutoCloseable {
    private static final String PATH = "/v1/traces";
    private static final int LAST_SECONDS = 3;

    private final TraceOptions options;
    private final SdkTracerProvider provider;

    TraceExport(TraceOptions options) {
        this.options = options;
        var base = options.endpoint().toString().replaceFirst("/+$", "");
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(base.endsWith(PATH) ? base : base + PATH)
                .setTimeout(LAST_SECONDS, TimeUnit.SECONDS)
                .build();
        this.provider = SdkTracerProvider.builder()
                .addSpanProcessor(BatchSpanProcessor.builder(new ReportedExporter(exporter, base))
                        .build())
                .setSampler(Sampler.alwaysOn()) // it has been decided before
                .setResource(Resource.getDefault().merge(Resource.create(who())))
                .build();
    }

    private static Attributes who() {
        var who = Attributes.builder()
                .put(AttributeKey.stringKey("service.name"), "adit")
                .put(AttributeKey.stringKey("service.version"), Version.text());
        var environment = System.getenv();
        var pod = environment.getOrDefault("POD_NAME", environment.get("HOSTNAME"));
        if (pod != null) {
            who.put(AttributeKey.stringKey("service.instance.id"), pod);
        }
        return who.build();
    }

    /** What traces the requests of one more event loop. */
    ExchangeObserver register() {
        return new Tracing(provider.get("dev.adit"), options.ratio());
    }

    /** Sends what is left. */
    @Override
    public void close() {
        provider.shutdown().join(LAST_SECONDS, TimeUnit.SECONDS);
    }
}
