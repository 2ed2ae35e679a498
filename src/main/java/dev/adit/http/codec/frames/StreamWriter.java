package dev.adit.http.codec.frames;

import dev.adit.http.codec.DenseBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.function.IntSupplier;

/** What leaves on one stream, and how much of it the receiver's window holds back. */
public final class StreamWriter {
    private static final int OVERHEAD = 32;

    private final FrameSender frames;
    private final Http2Stream stream;
    private final IntSupplier allowance;
    private final Runnable drained;
    private final Runnable ended;
    private int unsent;
    private int lowWater;
    private boolean blocked;
    private boolean last;

    /**
     * Nothing has been written yet.
     *
     * @param allowance how much may wait for the window before the sender is asked to wait too
     * @param drained when there is room again, after {@link #isWritable} has been false
     * @param ended when the end of the stream has left
     */
    public StreamWriter(
            FrameSender frames, Http2Stream stream, IntSupplier allowance, Runnable drained, Runnable ended) {
        this.allowance = allowance;
        this.frames = frames;
        this.stream = stream;
        this.drained = drained;
        this.ended = ended;
    }

    /** Whether more may be written at once. */
    public boolean isWritable() {
        return !blocked;
    }

    /** How many bytes the window of the receiver holds back. */
    public int unsent() {
        return unsent;
    }

    /** Whether the end has been written. */
    public boolean isEnded() {
        return last;
    }

    public void headers(Http2Headers section, boolean isLast) {
        last = isLast;
        var written = frames.write(stream, section, isLast);
        if (isLast) {
            written.addListener(_ -> ended.run());
        }
    }

    /** One before the final one. It has no window, so it counts as if it were data. */
    public void interim(Http2Headers section) {
        var bytes = size(section);
        waits(bytes);
        frames.write(stream, section, false).addListener(_ -> sent(bytes, false));
    }

    /** RFC 9113 §6.5.2. */
    private static int size(Http2Headers section) {
        var size = 0;
        for (var field : section) {
            size += field.getKey().length() + field.getValue().length() + OVERHEAD;
        }
        return size;
    }

    /** The end of the stream has been written with its head. */
    public void ended() {
        last = true;
    }

    /** The end of the body, and the trailers behind it, if there are any. */
    public void last(ByteBuf data, Http2Headers trailers) {
        if (trailers.isEmpty()) {
            data(data, true);
        } else {
            data(data, false);
            headers(trailers, true);
        }
    }

    private void waits(int bytes) {
        unsent += bytes;
        var highWater = allowance.getAsInt();
        blocked = blocked || unsent >= highWater; // until it has drained: the sender waits to be told, not for a mark
        lowWater = highWater / 2;
    }

    public void data(ByteBuf data, boolean isLast) {
        if (!isLast && !data.isReadable()) {
            data.release();
            return;
        }
        last = isLast;
        var bytes = data.readableBytes();
        waits(bytes);
        // What may have to wait must not keep a buffer that is mostly empty.
        var dense = unsent > bytes || !frames.isWritable(stream) ? DenseBuffer.of(data) : data;
        frames.write(stream, dense, isLast).addListener(_ -> sent(bytes, isLast));
    }

    private void sent(int bytes, boolean isLast) {
        unsent -= bytes;
        if (blocked && unsent <= lowWater) {
            blocked = false;
            drained.run();
        }
        if (isLast) {
            ended.run();
        }
    }
}
