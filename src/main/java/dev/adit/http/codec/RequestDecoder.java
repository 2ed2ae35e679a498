package dev.adit.http.codec;

import dev.adit.http.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes requests, and repairs none: where the original removes one of two contradicting lengths, this refuses. */
public final class RequestDecoder extends HttpRequestDecoder {
    // As objects: fields with their names and values.
    private static final int BYTES_FOR_ONE = 4;
    // No head takes more, and line ends before one, of which there may be any number, take nothing.
    private static final int MOST_CONSUMED = 1 << 17;
    // RFC 9112 §2.2: an empty line before a request is none of it.
    private static final int EMPTY_LINE = 2;

    private int consumed;
    private @Nullable ChannelHandlerContext context;

    public RequestDecoder(HttpDecoderConfig config) {
        super(config);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
    }

    /** The name of HTTP is case-sensitive (RFC 9112 §2.3); the original reads small letters too. */
    @Override
    protected HttpMessage createMessage(String[] line) throws Exception {
        if (!line[2].startsWith("HTTP/")) {
            throw new IllegalArgumentException("not a version of HTTP");
        }
        return super.createMessage(line);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        var from = in.readerIndex();
        var decoded = out.size();
        super.decode(context, in, out);
        consumed = out.size() > decoded ? 0 : Math.min(MOST_CONSUMED, consumed + in.readerIndex() - from);
    }

    /** Whether nothing has come behind the last request. */
    public boolean isDrained() {
        return consumed <= EMPTY_LINE && actualReadableBytes() == 0;
    }

    /** What a head that has come in part takes of the memory, in bytes, as good as can be told. */
    public int held() {
        return consumed * BYTES_FOR_ONE
                + (actualReadableBytes() == 0 ? 0 : internalBuffer().capacity());
    }

    /**
     * Drops what has come of a head, and reads no more. A closed channel does so by itself, but only after its event loop has
     * looked at all others of the same turn, each of which may bring as much.
     */
    public void drop() {
        var input = internalBuffer();
        input.skipBytes(input.readableBytes());
        var own = context;
        if (own != null && !own.isRemoved()) {
            own.pipeline().remove(this);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) throws Exception {
        context = added;
        super.handlerAdded(added);
    }

    /** What the client is told of a request that could not be decoded. */
    public static Refusal error(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ -> Refusal.URI_TOO_LONG;
            case TooLongHttpHeaderException _ -> Refusal.FIELDS_TOO_LARGE;
            default -> Refusal.BAD_SYNTAX;
        };
    }
}
