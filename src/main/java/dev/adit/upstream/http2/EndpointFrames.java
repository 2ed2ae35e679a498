package dev.adit.upstream.http2;

import dev.adit.http.codec.HeadBuffer;
import dev.adit.http.codec.ResponseDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Judges the header sections of one HTTP/2 endpoint before anything is made of them. A malformed one is an error of its
 * stream (RFC 9113 §8.1.1), which is reset and answered 502.
 */
public final class EndpointFrames extends Http2FrameListenerDecorator {
    private static final AsciiString STATUS = Http2Headers.PseudoHeaderName.STATUS.value();
    private static final AsciiString SWITCHING_PROTOCOLS = AsciiString.cached("101");

    private final Http2Connection streams;
    private final int mostFields;

    /**
     * Stands before another listener.
     *
     * @param mostFields of one section
     */
    public EndpointFrames(Http2FrameListener behind, Http2Connection streams, int mostFields) {
        super(behind);
        this.streams = streams;
        this.mostFields = mostFields;
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
        var isTrailers = streams.stream(streamId).isTrailersReceived();
        var status = section.status();
        if (!(isTrailers || isHead(status, last)) || !areWellFormed(section, isTrailers)) {
            throw Http2Exception.streamError(streamId, Http2Error.PROTOCOL_ERROR, "malformed header section");
        }
        super.onHeadersRead(from, streamId, section, dependency, weight, exclusive, padding, last);
    }

    @Override
    public int onDataRead(ChannelHandlerContext from, int streamId, ByteBuf data, int padding, boolean last)
            throws Http2Exception {
        if (!streams.stream(streamId).isHeadersReceived()) {
            throw Http2Exception.streamError(streamId, Http2Error.PROTOCOL_ERROR, "a body before its head");
        }
        return super.onDataRead(from, streamId, data, padding, last);
    }

    /** RFC 9113 §8.6: HTTP/2 has no 101; §8.1: the final head is still to come after an interim one. */
    private static boolean isHead(@Nullable CharSequence status, boolean last) {
        return ResponseDecoder.isStatus(status)
                && !(isInterim(status) && last)
                && !SWITCHING_PROTOCOLS.contentEquals(status);
    }

    private static boolean isInterim(@Nullable CharSequence status) {
        return status != null && status.charAt(0) == '1';
    }

    private boolean areWellFormed(Http2Headers section, boolean isTrailers) {
        var pseudo = 0;
        for (var field : section) {
            var name = field.getKey();
            if (!isTrailers && STATUS.contentEquals(name)) {
                pseudo++;
            } else if (!isField(name, field.getValue())) {
                return false;
            }
        }
        return pseudo == (isTrailers ? 0 : 1) && section.size() - pseudo <= mostFields;
    }

    /** RFC 9113 §8.2.1. */
    private static boolean isField(CharSequence name, CharSequence value) {
        return HeadBuffer.isToken(name)
                && isLowerCase(name)
                && HeadBuffer.isLine(value)
                && HeadBuffer.strip(value).length() == value.length();
    }

    private static boolean isLowerCase(CharSequence name) {
        for (var i = 0; i < name.length(); i++) {
            if (AsciiString.isUpperCase(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
