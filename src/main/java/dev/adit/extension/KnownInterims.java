package dev.adit.extension;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;

/** Drops the interim responses that Vert.x's client would take for the final one: all but 100 and 103. */
final class KnownInterims extends Http2FrameListenerDecorator {
    KnownInterims(Http2FrameListener behind) {
        super(behind);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext from,
            int streamId,
            Http2Headers section,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean last)
            throws Http2Exception {
        if (!isUnknown(section.status())) {
            super.onHeadersRead(from, streamId, section, dependency, weight, exclusive, padding, last);
        }
    }

    private static boolean isUnknown(CharSequence status) {
        return status != null
                && status.charAt(0) == '1'
                && !"100".contentEquals(status)
                && !"103".contentEquals(status);
    }
}
