package dev.adit.kube.watch;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Counts the requests to the API server that had no answer, after which it may be another server, or have another history; and the
 * watches that have ended. The client asks only where it may try again, so that it has to be set up for that.
 */
public final class ConnectionFailures implements Interceptor {
    /** By which the client knows it. */
    public static final String NAME = "adit-connection-failures";

    private static final Pattern WATCH = Pattern.compile("(?:.*&)?watch=true(?:&.*)?");

    private final AtomicLong count = new AtomicLong();
    private final AtomicLong ends = new AtomicLong();

    /** How many there were. */
    public long count() {
        return count.get();
    }

    /**
     * How many watches have ended, in good order or not: the API server ends them now and then, and so does what is between, and they
     * all end where it stops.
     */
    public long ends() {
        return ends.get();
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        var query = request.uri().getRawQuery();
        if (query != null
                && WATCH.matcher(query).matches()
                && response.isSuccessful()
                && response.body() instanceof AsyncBody body) {
            var _ = body.done().whenComplete((_, failure) -> ended(failure));
        }
    }

    private void ended(@Nullable Throwable failure) {
        if (!(failure instanceof CancellationException)) { // else it was given up here
            ends.incrementAndGet();
        }
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable failure) {
        count.incrementAndGet();
    }
}
