package dev.adit.extension;

import dev.adit.http.FieldRules;
import dev.adit.http.codec.Fields;
import dev.adit.http.codec.Framing;
import dev.adit.http.codec.HeadBuffer;
import dev.adit.http.codec.ResponseDecoder;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.VertxException;

/** Judges the responses of one HTTP/1 endpoint as strictly as the engine does, before Vert.x's client sees them. */
final class EndpointHeads extends ChannelDuplexHandler {
    private static final int CONTINUE = 100;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int EARLY_HINTS = 103;
    private static final int OK = 200;

    private final ResponseDecoder decoder;
    private final HeadBuffer scratch;
    private boolean toHead;
    private boolean toUpgrade;
    private boolean dropping;
    private boolean malformed;

    EndpointHeads(ResponseDecoder decoder, HeadBuffer scratch) {
        this.decoder = decoder;
        this.scratch = scratch;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpRequest request) {
            toHead = request.method().equals(HttpMethod.HEAD);
            toUpgrade = request.headers().contains(HttpHeaderNames.UPGRADE);
            decoder.expect(toHead);
        }
        var _ = context.write(message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse response && response.decoderResult().isSuccess()) {
            judge(response);
        }
        if (dropping || malformed) {
            dropping = !(message instanceof LastHttpContent);
            ReferenceCountUtil.release(message);
            return;
        }
        // What else has been read is of no response; Vert.x has not been made for a second one.
        malformed = message instanceof HttpObject part && part.decoderResult().isFailure();
        context.fireChannelRead(message);
    }

    private void judge(HttpResponse response) {
        if (isValid(response)) {
            dropping = isUnknownInterim(response.status().code());
        } else {
            var cause = new VertxException("the response of the endpoint is malformed", true);
            response.setDecoderResult(DecoderResult.failure(cause));
        }
    }

    private boolean isValid(HttpResponse response) {
        var fields = response.headers();
        var status = response.status().code();
        if (!Fields.areWellFormed(fields, scratch)) {
            return false;
        }
        return switch (status) {
            case SWITCHING_PROTOCOLS -> toUpgrade && isSwitch(response);
            default ->
                status < OK
                        || !Framing.ofResponse(response.protocolVersion(), fields, status, toHead)
                                .is(Framing.Kind.UNCLEAR);
        };
    }

    /** RFC 9110 §7.8: to what was asked for, and to nothing else. */
    private static boolean isSwitch(HttpResponse response) {
        var fields = response.headers();
        var protocols = fields.getAll(HttpHeaderNames.UPGRADE);
        return response.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && protocols.size() == 1
                && HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(protocols.getFirst())
                && FieldRules.hasToken(fields.getAll(HttpHeaderNames.CONNECTION), "upgrade");
    }

    /** Vert.x takes every other one for the final response. */
    private static boolean isUnknownInterim(int status) {
        return status < OK && status != CONTINUE && status != SWITCHING_PROTOCOLS && status != EARLY_HINTS;
    }
}
