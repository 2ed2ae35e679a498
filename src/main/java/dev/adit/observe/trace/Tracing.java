package dev.adit.observe.trace;

import dev.adit.observe.ExchangeObserver;
import dev.adit.observe.Finished;
import dev.adit.observe.RequestTrace;
import io.opentelemetry.api.trace.Tracer;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Samples the requests of one event loop, and reports the spans of those that are sampled. */
public final class Tracing implements ExchangeObserver {
    private final Tracer tracer;
    private final double ratio;
    private final SplittableRandom random = new SplittableRandom();

    /**
     * Traces by a tracer that takes every span.
     *
     * @param ratio of the requests that belong to no trace yet, from 0 to 1
     */
    public Tracing(Tracer tracer, double ratio) {
        this.tracer = tracer;
        this.ratio = ratio;
    }

    @Override
    public boolean traces() {
        return true;
    }

    @Override
    public Optional<List<String>> heads() {
        return Optional.of(List.of(Spans.USER_AGENT));
    }

    /** The client's decision counts, and ours where it has made none. Nothing is allocated for a request that is not sampled. */
    @Override
    public @Nullable RequestTrace begin(Function<String, @Nullable String> fields) {
        var parent = Parent.of(fields);
        var decided = parent == null ? null : parent.sampled();
        var isSampled = decided == null ? isDrawn() : decided;
        return isSampled ? new Spans(tracer, parent) : null;
    }

    private boolean isDrawn() {
        return ratio > 0 && random.nextDouble() < ratio;
    }

    /** A request that was refused before a route took it has its span here, too. */
    @Override
    public void finished(Finished request) {
        var trace = request.route() == null ? begin(request::field) : request.trace();
        if (trace instanceof Spans spans) {
            spans.end(request);
        }
    }
}
