package dev.adit.kube.watch;

import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the requests to the API server that had no answer. After one, it may be another server, or have another history. */
public final class ConnectionFailures implements Interceptor {
    /** By which the client knows it. */
    public static final String NAME = "adit-connection-failures";

    private final AtomicLong count = new AtomicLong();

    /** How many there were. */
    public long count() {
        return count.get();
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable failure) {
        count.incrementAndGet();
    }
}
