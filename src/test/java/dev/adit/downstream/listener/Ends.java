package dev.adit.downstream.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.http.Refusal;
import dev.adit.observe.End;
import dev.adit.observe.ExchangeObserver;
import dev.adit.observe.Finished;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.testbed.RawClient;
import dev.adit.testbed.RunningProxy;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What an observer was told, kept for the test. */
final class Ends implements ExchangeObserver {
    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();

    /** A copy of everything that is said about a request. */
    record Told(
            End end,
            int status,
            @Nullable Refusal reason,
            long requestBytes,
            long responseBytes,
            Asked asked,
            @Nullable RouteOrigin origin,
            @Nullable Endpoint endpoint,
            int attempts,
            long nanosToHead,
            long nanos) {
        /** How it ended, in one value. */
        Outcome outcome() {
            return new Outcome(end, status, reason);
        }

        Bytes bytes() {
            return new Bytes(requestBytes, responseBytes);
        }

        boolean hasHead() {
            return nanosToHead != Finished.NO_HEAD;
        }
    }

    record Outcome(End end, int status, @Nullable Refusal reason) {}

    record Bytes(long request, long response) {}

    record Asked(
            String client, boolean secure, String method, String authority, String host, String path, String version) {}

    @Override
    public void finished(Finished exchange) {
        var asked = new Asked(
                exchange.clientAddress(),
                exchange.isSecure(),
                exchange.method(),
                exchange.authority(),
                exchange.host(),
                exchange.path(),
                exchange.version());
        told.add(new Told(
                exchange.end(),
                exchange.status(),
                exchange.reason(),
                exchange.requestBytes(),
                exchange.responseBytes(),
                asked,
                exchange.origin(),
                exchange.endpoint(),
                exchange.attempts(),
                exchange.nanosToHead(),
                exchange.nanos()));
    }

    /** The next one that has ended or will. */
    Told next() throws InterruptedException {
        var next = told.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no request has ended");
        }
        return next;
    }

    /** The only one that has ended, once the proxy has ended itself, after which nothing can follow. */
    Told only(RunningProxy proxy) throws Exception {
        var only = next();
        proxy.close();
        assertThat(told).as("what was told after the first end").isEmpty();
        return only;
    }

    /** The end of one request, which is the only one. The connection stays open until then. */
    Told ofOne(Version version, Version.Asked asked, RunningProxy proxy) throws Exception {
        try (var client = new RawClient(proxy.http())) {
            version.send(client, asked);
            return only(proxy);
        }
    }

    int count() {
        return told.size();
    }
}
