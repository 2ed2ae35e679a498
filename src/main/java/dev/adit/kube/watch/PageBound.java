package dev.adit.kube.watch;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Gives up a page of a list that is larger than memory should hold at once: a page is so many objects, whatever their
 * size, and whoever may write into one namespace may write objects of 1.5 MB. Those who asked ask again for fewer.
 */
public final class PageBound implements Interceptor {
    /** By which the client knows it. */
    public static final String NAME = "adit-page-bound";

    /** So few objects are taken as they are. */
    static final long SMALLEST_PAGE = 4;

    private static final long BYTES = 8L * 1024 * 1024;
    private static final Pattern LIMIT = Pattern.compile("[?&]limit=([0-9]{1,9})(?:&|$)");

    /** A page was given up. */
    static final class ExceededException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ExceededException(long limit) {
            super("a page of " + limit + " objects is larger than " + BYTES + " bytes");
        }

        /** Whether it is among the causes of a failure. */
        static boolean isCauseOf(Throwable failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof ExceededException) {
                    return true;
                }
            }
            return false;
        }
    }

    @Override
    public AsyncBody.Consumer<List<ByteBuffer>> consumer(
            AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
        var query = request.uri().getRawQuery();
        var limit = LIMIT.matcher(query == null ? "" : "?" + query);
        return limit.find() && Long.parseLong(limit.group(1)) > SMALLEST_PAGE
                ? new Counting(consumer, Long.parseLong(limit.group(1)))
                : consumer;
    }

    private static final class Counting implements AsyncBody.Consumer<List<ByteBuffer>> {
        private final AsyncBody.Consumer<List<ByteBuffer>> consumer;
        private final long limit;
        private long bytes;

        Counting(AsyncBody.Consumer<List<ByteBuffer>> consumer, long limit) {
            this.consumer = consumer;
            this.limit = limit;
        }

        @Override
        public void consume(List<ByteBuffer> value, AsyncBody body) throws Exception {
            for (var buffer : value) {
                bytes += buffer.remaining();
            }
            if (bytes > BYTES) {
                var failure = new ExceededException(limit);
                // Before the client resets the request: else that would be what it failed with.
                body.done().completeExceptionally(failure);
                throw failure;
            }
            consumer.consume(value, body);
        }

        @Override
        public <U> U unwrap(Class<U> target) {
            return consumer.unwrap(target);
        }
    }
}
