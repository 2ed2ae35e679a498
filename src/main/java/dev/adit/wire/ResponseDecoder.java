package dev.adit.wire;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;

/** Decodes responses, of which those to HEAD have no body whatever they say. */
public final class ResponseDecoder extends HttpResponseDecoder {
    private boolean head;

    public ResponseDecoder(HttpDecoderConfig config) {
        super(config);
    }

    /** To be told before each request is sent. */
    public void expect(boolean toHead) {
        head = toHead;
    }

    /** Whether nothing has come behind the last response. */
    public boolean isDrained() {
        return actualReadableBytes() == 0;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        return super.isContentAlwaysEmpty(message) || head;
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
    }
}
