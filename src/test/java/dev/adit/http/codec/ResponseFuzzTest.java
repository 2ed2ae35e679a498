package dev.adit.http.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.adit.http.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * From any bytes of an endpoint to those that reach its client: {@code make fuzz}. As an ordinary test it runs the inputs
 * that were kept. The first byte says what the client is and whether the endpoint closes.
 */
class ResponseFuzzTest {
    private static final int HEAD = 1;
    private static final int HTTP_1_0 = 2;
    private static final int TRAILERS = 4;
    private static final int CLOSES = 8;
    private static final HttpDecoderConfig CONFIG = new HttpDecoderConfig()
            .setHeadersFactory(DefaultHttpHeadersFactory.headersFactory().withValidation(false));

    private final HeadBuffer scratch = new HeadBuffer();
    private final ResponseWriter writer = new ResponseWriter(scratch);
    private final BodyWriter bodies = new BodyWriter(scratch);

    @FuzzTest(maxDuration = "10m", maxExecutions = 200_000)
    void what_reaches_the_client_is_one_response(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        var client = new Relay(bytes[0]);
        try {
            client.relay(Arrays.copyOfRange(bytes, 1, bytes.length));
            StrictReader.assertOneResponse(client.received(), client.is(HEAD));
        } finally {
            client.close();
        }
    }

    /** What the engine does with a response, in the fewest words. */
    private final class Relay {
        private final int kind;
        private final ResponseDecoder responses = new ResponseDecoder(CONFIG, 100);
        private final EmbeddedChannel endpoint = new EmbeddedChannel(responses);
        private final EmbeddedChannel client = new EmbeddedChannel(new ChannelDuplexHandler());
        private boolean started;
        private boolean interim;
        private boolean chunked;

        Relay(int kind) {
            this.kind = kind;
        }

        boolean is(int bit) {
            return (kind & bit) != 0;
        }

        void relay(byte[] bytes) {
            responses.expect(is(HEAD));
            endpoint.writeInbound(Unpooled.wrappedBuffer(bytes));
            if (is(CLOSES)) {
                endpoint.finish();
            }
            var isOver = false;
            for (Object message = endpoint.readInbound();
                    !isOver && message != null;
                    message = endpoint.readInbound()) {
                isOver = message instanceof HttpResponse response ? !head(response) : over((HttpContent) message);
            }
            if (!started) {
                writer.write(Answer.of(Refusal.UPSTREAM_FAILED), is(HEAD), KeepAlive.CLOSE);
                send();
            }
        }

        /** False when the response cannot go on. */
        private boolean head(HttpResponse response) {
            var status = response.status().code();
            if (!response.decoderResult().isSuccess() || status == 101) {
                return false;
            }
            if (status < 200) {
                interim = true;
                return is(HTTP_1_0) || status == 100 || (writer.writeInterim(response) && send());
            }
            var framing = Framing.ofResponse(response.protocolVersion(), response.headers(), status, is(HEAD));
            var toClient = framing.toward(is(HTTP_1_0));
            chunked = toClient.is(Framing.Kind.CHUNKED);
            started =
                    !framing.is(Framing.Kind.UNCLEAR) && writer.write(response, toClient, KeepAlive.IMPLIED) && send();
            return started;
        }

        private boolean over(HttpContent part) {
            var last = part instanceof LastHttpContent;
            if (!part.decoderResult().isSuccess()) {
                part.release();
                return true;
            }
            if (interim && !started) {
                part.release();
                return false;
            }
            interim = false;
            try {
                bodies.write(client.pipeline().firstContext(), part, chunked, chunked && is(TRAILERS));
                client.flush();
            } catch (IllegalArgumentException _) {
                return true; // a trailer that is malformed ends both connections
            }
            return last;
        }

        private boolean send() {
            return client.writeOutbound(scratch.copy(client.alloc()));
        }

        String received() {
            var text = new StringBuilder();
            for (ByteBuf buffer = client.readOutbound(); buffer != null; buffer = client.readOutbound()) {
                text.append(buffer.toString(StandardCharsets.ISO_8859_1));
                buffer.release();
            }
            return text.toString();
        }

        void close() {
            endpoint.finishAndReleaseAll();
            client.finishAndReleaseAll();
        }
    }
}
