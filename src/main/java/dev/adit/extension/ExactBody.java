package dev.adit.extension;

import io.vertx.core.Handler;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/**
 * A body that fails at its end if it is shorter or longer than its head has said. Else a client of HTTP/1 would take the
 * next response for the rest of it (RFC 9112 §6.3).
 */
final class ExactBody implements ReadStream<Buffer> {
    private final ReadStream<Buffer> source;
    private final long length;
    private long received;
    private @Nullable Handler<Throwable> failed;

    ExactBody(ReadStream<Buffer> source, long length) {
        this.source = source;
        this.length = length;
    }

    @Override
    public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
        source.handler(
                handler == null
                        ? null
                        : part -> {
                            received += part.length();
                            handler.handle(part);
                        });
        return this;
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
        failed = handler;
        source.exceptionHandler(handler);
        return this;
    }

    @Override
    public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
        source.endHandler(handler == null ? null : _ -> end(handler));
        return this;
    }

    private void end(Handler<Void> handler) {
        if (received == length) {
            handler.handle(null);
        } else if (failed != null) {
            failed.handle(new VertxException("a body of " + received + " bytes, where the head says " + length, true));
        }
    }

    @Override
    public ReadStream<Buffer> pause() {
        source.pause();
        return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
        source.resume();
        return this;
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
        source.fetch(amount);
        return this;
    }
}
