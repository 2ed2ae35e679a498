package dev.adit.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class GzippedBodyTest {
    private final Compressors compressors = new Compressors();

    private GzippedBody body(int level) {
        return new GzippedBody(compressors, Objects.requireNonNull(compressors.take(level)), level);
    }

    private static String unzipped(GzippedBody body, List<HttpContent> parts) throws Exception {
        var bytes = new ByteArrayOutputStream();
        for (var part : parts) {
            var compressed = body.compress(part);
            assertThat(part.refCnt()).isZero();
            bytes.write(ByteBufUtil.getBytes(compressed.content()));
            compressed.release();
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return new String(in.readAllBytes(), US_ASCII);
        }
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, US_ASCII);
    }

    @Test
    void parts_of_any_shape_are_one_text_whatever_level_the_last_body_had() throws Exception {
        for (var level : new int[] {1, 9, 1, 6}) {
            var composite = Unpooled.wrappedBuffer(text("b".repeat(3_000)), text("c".repeat(3_000)));
            var parts = List.<HttpContent>of(
                    new DefaultHttpContent(text("a".repeat(3_000))),
                    new DefaultHttpContent(composite),
                    new DefaultHttpContent(text("")),
                    new DefaultLastHttpContent(text("d")));
            assertThat(unzipped(body(level), parts))
                    .isEqualTo("a".repeat(3_000) + "b".repeat(3_000) + "c".repeat(3_000) + "d");
        }
    }

    /** An endpoint of HTTP/2 may send what HTTP/1 forbids there; whoever writes it on judges it. */
    @Test
    void trailers_pass_as_they_are() {
        var last = new DefaultLastHttpContent(
                text("x"), DefaultHttpHeadersFactory.trailersFactory().withValidation(false));
        last.trailingHeaders().add("trailer", "x").add("x-sum", "a\u0001b");
        var compressed = (LastHttpContent) body(1).compress(last);
        assertThat(compressed.trailingHeaders().names()).containsExactlyInAnyOrder("trailer", "x-sum");
        compressed.release();
    }

    @Test
    void there_are_not_too_many_at_once_and_each_that_ends_makes_room() {
        var bodies = new java.util.ArrayDeque<GzippedBody>();
        for (var one = compressors.take(1); one != null; one = compressors.take(1)) {
            bodies.add(new GzippedBody(compressors, one, 1));
        }
        assertThat(bodies).hasSize(128);
        bodies.pop().release();
        assertThat(compressors.take(1)).isNotNull();
        assertThat(compressors.take(1)).isNull();
        bodies.forEach(GzippedBody::release);
    }
}
