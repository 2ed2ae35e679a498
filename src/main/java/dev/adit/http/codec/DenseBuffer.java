package dev.adit.http.codec;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;

/** Buffers that have to be kept, without the empty rest of what they were read into. */
public final class DenseBuffer {
    // The part of a buffer that has to be empty before a copy is worth its price.
    private static final int SPARSE = 4;

    private DenseBuffer() {}

    /** The same bytes; where they keep a much bigger buffer from being free, a copy, and that one is released. */
    public static ByteBuf of(ByteBuf data) {
        if (!isSparse(data)) {
            return data;
        }
        try {
            return data.alloc().directBuffer(data.readableBytes()).writeBytes(data);
        } finally {
            data.release();
        }
    }

    private static boolean isSparse(ByteBuf data) {
        var root = data;
        for (var next = root.unwrap(); next != null; next = root.unwrap()) {
            root = next;
        }
        return data.isReadable() && root.capacity() / SPARSE >= root.writerIndex();
    }

    /** The same of a part of a body. */
    public static HttpContent of(HttpContent part) {
        return isSparse(part.content()) ? part.replace(of(part.content())) : part;
    }
}
