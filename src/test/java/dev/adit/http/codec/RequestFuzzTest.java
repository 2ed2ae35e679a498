package dev.adit.http.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.adit.http.Client;
import dev.adit.http.EncodedSlashes;
import dev.adit.http.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * From any bytes of a client to those that go upstream: {@code make fuzz}. As an ordinary test it runs the inputs that
 * were kept.
 */
class RequestFuzzTest {
    /** Bytes outside ASCII, which browsers send unencoded, pass in a query and nowhere else in the target. */
    private static final Pattern HEAD =
            Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+ /[\\x21\\x22\\x24-\\x3e\\x40-\\x7e]*"
                    + "(?:\\?[\\x21\\x22\\x24-\\x7e\\x80-\\xff]*)? HTTP/1\\.1\r\n"
                    + "(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+: [^\\x00-\\x08\\x0a-\\x1f\\x7f]*\r\n)+\r\n");

    private static final Pattern CHUNKS = Pattern.compile(
            "(?:([1-9a-f][0-9a-f]*)\r\n|0\r\n(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+: [^\\x00-\\x08\\x0a-\\x1f\\x7f]*\r\n)*\r\n)");
    private static final Client CLIENT = new Client("192.0.2.1", false, false, null);

    private final HeadBuffer scratch = new HeadBuffer();
    private final RequestWriter writer = new RequestWriter(scratch);
    private final BodyWriter bodies = new BodyWriter(scratch);

    @FuzzTest(maxDuration = "10m", maxExecutions = 200_000)
    void what_goes_upstream_has_one_form_or_does_not_go(byte[] bytes) {
        var decoder = new EmbeddedChannel(new RequestDecoder(new HttpDecoderConfig()));
        var upstream = new EmbeddedChannel(new ChannelDuplexHandler());
        try {
            decoder.writeInbound(Unpooled.wrappedBuffer(bytes));
            var framing = Framing.INTERIM;
            var forwarding = false;
            for (Object message = decoder.readInbound(); message != null; message = decoder.readInbound()) {
                if (message instanceof HttpRequest request) {
                    forwarding = request.decoderResult().isSuccess();
                    framing = Framing.ofRequest(request.protocolVersion(), request.headers());
                    if (!forwarding || !send(request, framing, upstream)) {
                        break; // answered here, and the connection ends
                    }
                } else if (message instanceof HttpContent part && forwarding && !body(part, framing, upstream)) {
                    break;
                }
            }
            assertCanonical(written(upstream));
        } finally {
            decoder.finishAndReleaseAll();
            upstream.finishAndReleaseAll();
        }
    }

    private boolean send(HttpRequest request, Framing framing, EmbeddedChannel upstream) {
        var http10 = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        var known = http10 || request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        var method = request.method().name();
        if (!known
                || framing.is(Framing.Kind.UNCLEAR)
                || !(RequestHead.parseHttp1(method, request.uri(), http10, request.headers(), EncodedSlashes.PASS)
                        instanceof RequestHead.Parsed.Valid(var head))
                || !writer.write(request, head, framing, CLIENT)) {
            return false;
        }
        return upstream.writeOutbound(scratch.copy(upstream.alloc()));
    }

    private boolean body(HttpContent part, Framing framing, EmbeddedChannel upstream) {
        if (!part.decoderResult().isSuccess()
                || (framing.is(Framing.Kind.NONE) && part.content().isReadable())) {
            part.release();
            return false;
        }
        try {
            bodies.write(upstream.pipeline().firstContext(), part, framing.is(Framing.Kind.CHUNKED), true);
        } catch (IllegalArgumentException _) {
            return false; // a trailer that is malformed ends both connections
        }
        upstream.flush();
        return true;
    }

    private static String written(EmbeddedChannel upstream) {
        var text = new StringBuilder();
        for (ByteBuf buffer = upstream.readOutbound(); buffer != null; buffer = upstream.readOutbound()) {
            text.append(buffer.toString(StandardCharsets.ISO_8859_1));
            buffer.release();
        }
        return text.toString();
    }

    /** The last body may be cut short, where the input ends. */
    private static void assertCanonical(String text) {
        var position = 0;
        while (position < text.length()) {
            var head = HEAD.matcher(text).region(position, text.length());
            assertThat(head.lookingAt()).as(text.substring(position)).isTrue();
            var fields = head.group().toLowerCase(java.util.Locale.ROOT);
            assertThat(fields.split("\r\nhost: ", -1)).as(fields).hasSize(2);
            position = fields.contains("\r\ntransfer-encoding: chunked\r\n")
                    ? chunks(text, head.end())
                    : Math.min((long) text.length(), head.end() + length(fields)) == text.length()
                            ? text.length()
                            : (int) (head.end() + length(fields));
        }
    }

    private static long length(String fields) {
        var parts = fields.split("\r\ncontent-length: ", -1);
        assertThat(parts.length).as(fields).isLessThanOrEqualTo(2);
        return parts.length == 1 ? 0 : Long.parseLong(parts[1].substring(0, parts[1].indexOf('\r')));
    }

    private static int chunks(String text, int from) {
        var position = from;
        while (position < text.length()) {
            var chunk = CHUNKS.matcher(text).region(position, text.length());
            assertThat(chunk.lookingAt()).as(text.substring(position)).isTrue();
            if (chunk.group(1) == null) {
                return chunk.end();
            }
            position = chunk.end() + Integer.parseInt(chunk.group(1), 16) + 2;
        }
        return position;
    }
}
