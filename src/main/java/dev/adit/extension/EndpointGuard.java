package dev.adit.extension;

import dev.adit.http.Limits;
import dev.adit.http.codec.HeadBuffer;
import dev.adit.http.codec.ResponseDecoder;
import dev.adit.upstream.http2.EndpointFrames;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Puts our own judgement between an endpoint and Vert.x's client, on each new connection of one event loop. The client
 * takes statuses, fields and interim responses that nobody should pass on.
 */
final class EndpointGuard implements Handler<HttpConnection> {
    private static final String CODEC = "codec";

    private final HeadBuffer scratch = new HeadBuffer();
    private final Limits limits;

    EndpointGuard(Limits limits) {
        this.limits = limits;
    }

    @Override
    public void handle(HttpConnection connection) {
        // Its requests fail as well and are answered. Without a handler there is a line in the log for each bad answer.
        connection.exceptionHandler(_ -> {});
        var channel = ((ConnectionBase) connection).channel();
        var http2 = channel.pipeline().get(Http2ConnectionHandler.class);
        if (http2 != null) {
            var decoder = http2.decoder();
            decoder.frameListener(new EndpointFrames(
                    new KnownInterims(decoder.frameListener()), http2.connection(), limits.fields()));
        } else if (channel.pipeline().get(CODEC) != null) {
            guard(channel.pipeline());
        } else {
            var _ = channel.close(); // better none than one without a guard
        }
    }

    private void guard(ChannelPipeline pipeline) {
        var config = new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.targetBytes())
                .setMaxHeaderSize(limits.fieldBytes())
                .setHeadersFactory(DefaultHttpHeadersFactory.headersFactory().withValidation(false));
        var decoder = new ResponseDecoder(config, limits.fields());
        pipeline.replace(CODEC, CODEC, new CombinedChannelDuplexHandler<>(decoder, new HttpRequestEncoder()));
        pipeline.addAfter(CODEC, "guard", new EndpointHeads(decoder, scratch));
    }
}
