package dev.adit.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** A body that is compressed by gzip (RFC 1952) while it passes: what has come is sent at once, so that no event waits for the next. */
final class GzippedBody {
    // No name, no time, of an unknown system.
    private static final byte[] HEAD = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final int ROOM = 64;

    private final Compressors compressors;
    private final CRC32 sum = new CRC32();
    private final int level;
    private @Nullable Deflater deflater;
    private boolean isBegun;

    GzippedBody(Compressors compressors, Deflater deflater, int level) {
        this.compressors = compressors;
        this.deflater = deflater;
        this.level = level;
    }

    /** What the client gets in place of a part, which is released. */
    HttpContent compress(HttpContent part) {
        var compressor = deflater;
        if (compressor == null) {
            return part;
        }
        ByteBuf out = null;
        try {
            out = PooledByteBufAllocator.DEFAULT.ioBuffer(part.content().readableBytes() / 2 + ROOM);
            var compressed = compress(compressor, part, out);
            out = null;
            return compressed;
        } finally {
            part.release();
            if (out != null) {
                out.release();
            }
        }
    }

    private HttpContent compress(Deflater compressor, HttpContent part, ByteBuf out) {
        if (!isBegun) {
            isBegun = true;
            out.writeBytes(HEAD);
        }
        write(compressor, part.content(), part instanceof LastHttpContent, out);
        if (!(part instanceof LastHttpContent last)) {
            return new DefaultHttpContent(out);
        }
        // RFC 1952 §2.3.1: both with the lowest byte first.
        out.writeIntLE((int) sum.getValue());
        out.writeIntLE((int) compressor.getBytesRead());
        release();
        // Whoever sends them on judges them.
        var end = new DefaultLastHttpContent(
                out, DefaultHttpHeadersFactory.trailersFactory().withValidation(false));
        end.trailingHeaders().set(last.trailingHeaders());
        return end;
    }

    private void write(Deflater compressor, ByteBuf in, boolean isLast, ByteBuf out) {
        for (var bytes : in.nioBuffers()) {
            sum.update(bytes.duplicate());
            compressor.setInput(bytes);
            deflate(compressor, Deflater.NO_FLUSH, out);
        }
        if (isLast) {
            compressor.finish();
            deflate(compressor, Deflater.NO_FLUSH, out);
        } else if (in.isReadable()) {
            deflate(compressor, Deflater.SYNC_FLUSH, out);
        }
    }

    /** All that the compressor has for it: it has no more once it leaves room. */
    private static void deflate(Deflater compressor, int flush, ByteBuf out) {
        int room;
        int written;
        do {
            out.ensureWritable(ROOM);
            room = out.writableBytes();
            var into = out.nioBuffer(out.writerIndex(), room);
            written = compressor.deflate(into, flush);
            out.writerIndex(out.writerIndex() + written);
        } while (written == room || !compressor.needsInput());
    }

    /** Nothing more will come. */
    void release() {
        var compressor = deflater;
        deflater = null;
        if (compressor != null) {
            compressors.giveBack(compressor, level);
        }
    }
}
