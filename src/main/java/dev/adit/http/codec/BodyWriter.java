package dev.adit.http.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.LastHttpContent;

/** Writes a body in the framing that its head announced; what it is given it releases or passes on. */
public final class BodyWriter {
    // Below this a copy into one buffer is cheaper than three writes.
    private static final int SMALL = 1024;
    private static final int LINE = 20;

    private final HeadBuffer scratch;

    public BodyWriter(HeadBuffer scratch) {
        this.scratch = scratch;
    }

    /**
     * One part of the body; does not flush.
     *
     * @param trailers whether the receiver has said that it takes them
     */
    public void write(ChannelHandlerContext out, HttpContent part, boolean chunked, boolean trailers) {
        var content = part.content();
        if (content.isReadable()) {
            if (chunked) {
                chunk(out, content);
            } else {
                var _ = out.write(content, out.voidPromise());
            }
        } else {
            part.release();
        }
        if (chunked && part instanceof LastHttpContent last) {
            end(out, trailers ? last.trailingHeaders() : EmptyHttpHeaders.INSTANCE);
        }
    }

    private static void chunk(ChannelHandlerContext out, ByteBuf content) {
        var size = content.readableBytes();
        if (size <= SMALL) {
            var whole = line(out, size, size + LINE).writeBytes(content);
            content.release();
            var _ = out.write(crlf(whole), out.voidPromise());
        } else {
            var _ = out.write(line(out, size, LINE), out.voidPromise());
            var _ = out.write(content, out.voidPromise());
            var _ = out.write(crlf(out.alloc().directBuffer(2)), out.voidPromise());
        }
    }

    private static ByteBuf line(ChannelHandlerContext out, int size, int capacity) {
        var line = out.alloc().directBuffer(capacity);
        line.writeBytes(HeadBuffer.ascii(Integer.toHexString(size)));
        return crlf(line);
    }

    private static ByteBuf crlf(ByteBuf buffer) {
        return buffer.writeBytes(Ascii.CRLF);
    }

    /** The last chunk with the trailers that pass; one that could end the section early is left out. */
    private void end(ChannelHandlerContext out, HttpHeaders trailers) {
        scratch.clear().put(Ascii.LAST_CHUNK);
        Fields.copyTrailers(trailers, scratch);
        var _ = out.write(scratch.put(Ascii.CRLF).copy(out.alloc()), out.voidPromise());
    }
}
