package dev.adit.http.codec.frames;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;

/**
 * Bodies that are sent at once by one connection take turns by whole frames. Netty's own order gives each stream 1 kB in turn,
 * and each of these becomes a frame; and it goes by priorities that RFC 9113 (§5.3) has taken back.
 */
public final class WholeFrames {
    // The default of SETTINGS_MAX_FRAME_SIZE (RFC 9113 §6.5.2).
    private static final int TURN = 16_384;

    private WholeFrames() {}

    /** From now on, which has to be before the first stream; a failure ends the connection. */
    public static void take(Http2ConnectionHandler handler, ChannelHandlerContext context) {
        try {
            take(handler.connection(), context);
        } catch (Http2Exception e) {
            handler.onError(context, true, e);
        }
    }

    private static void take(Http2Connection streams, ChannelHandlerContext context) throws Http2Exception {
        var turns = new UniformStreamByteDistributor(streams);
        turns.minAllocationChunk(TURN);
        var flow = new DefaultHttp2RemoteFlowController(streams, turns);
        flow.initialWindowSize(streams.remote().flowController().initialWindowSize());
        streams.remote().flowController(flow);
        flow.channelHandlerContext(context);
    }
}
