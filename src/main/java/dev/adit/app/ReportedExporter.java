package dev.adit.app;

import dev.adit.supervision.RepeatedWarning;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Says in one line, at most once a minute, that spans cannot be sent; the SDK writes a stack trace for each attempt. */
final class ReportedExporter implements SpanExporter {
    private final SpanExporter exporter;
    private final String endpoint;
    private final AtomicLong lost = new AtomicLong();
    private final RepeatedWarning warning = new RepeatedWarning();

    ReportedExporter(SpanExporter exporter, String endpoint) {
        this.exporter = exporter;
        this.endpoint = endpoint;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        var result = exporter.export(spans);
        result.whenComplete(() -> {
            if (!result.isSuccess()) {
                failed(spans.size(), result.getFailureThrowable());
            }
        });
        return result;
    }

    private void failed(int spans, @Nullable Throwable cause) {
        warning.warn(
                lost.addAndGet(spans),
                "spans are lost so far: %s does not take them%s. Requests are served as ever; see --trace-endpoint"
                        .formatted(endpoint, cause == null ? "" : " (" + cause.getMessage() + ")"));
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
