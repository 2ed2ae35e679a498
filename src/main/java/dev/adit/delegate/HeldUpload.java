package dev.adit.delegate;

import dev.adit.overload.MemoryBudget;
import dev.adit.overload.Owner;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.streams.WriteStream;
import org.jspecify.annotations.Nullable;

/** The body of a request on its way to an endpoint, which counts what the endpoint has not taken. */
final class HeldUpload implements WriteStream<Buffer>, MemoryBudget.Holder {
    private final MemoryBudget memory;
    private final Exchange exchange;
    private final HttpClientRequest upstream;
    private int held;

    HeldUpload(MemoryBudget memory, Exchange exchange, HttpClientRequest upstream) {
        this.memory = memory;
        this.exchange = exchange;
        this.upstream = upstream;
    }

    @Override
    public void write(Buffer data, @Nullable Handler<AsyncResult<Void>> handler) {
        var bytes = data.length();
        hold(bytes);
        upstream.write(data, written -> {
            hold(-bytes);
            if (handler != null) {
                handler.handle(written);
            }
        });
    }

    @Override
    public Future<Void> write(Buffer data) {
        var written = Promise.<Void>promise();
        write(data, written);
        return written.future();
    }

    private void hold(int bytes) {
        held += bytes;
        memory.hold(this, held);
    }

    @Override
    public void end(@Nullable Handler<AsyncResult<Void>> handler) {
        upstream.end(handler);
    }

    @Override
    public boolean writeQueueFull() {
        return upstream.writeQueueFull();
    }

    @Override
    public HeldUpload drainHandler(@Nullable Handler<Void> handler) {
        upstream.drainHandler(handler);
        return this;
    }

    @Override
    public HeldUpload exceptionHandler(@Nullable Handler<Throwable> handler) {
        upstream.exceptionHandler(handler);
        return this;
    }

    @Override
    public HeldUpload setWriteQueueMaxSize(int size) {
        upstream.setWriteQueueMaxSize(size);
        return this;
    }

    @Override
    public long held() {
        return held;
    }

    @Override
    public Owner owner() {
        return exchange.owner();
    }

    @Override
    public void giveWay() {
        exchange.giveWay();
    }
}
