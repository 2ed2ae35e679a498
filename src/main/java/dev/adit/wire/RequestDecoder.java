package dev.adit.wire;

import dev.adit.http.ProxyError;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/** Decodes requests, and repairs none: where the original removes one of two contradicting lengths, this refuses. */
public final class RequestDecoder extends HttpRequestDecoder {

    public RequestDecoder(HttpDecoderConfig config) {
        super(config);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
    }

    /** Whether nothing has come behind the last request. */
    public boolean isDrained() {
        return actualReadableBytes() == 0;
    }

    /** What the client is told of a request that could not be decoded. */
    public static ProxyError error(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ -> ProxyError.URI_TOO_LONG;
            case TooLongHttpHeaderException _ -> ProxyError.FIELDS_TOO_LARGE;
            default -> ProxyError.BAD_SYNTAX;
        };
    }
}
