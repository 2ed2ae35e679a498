package dev.adit.http.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RequestDecoderTest {
    /** One event loop may look at thousands of connections before the channel of one that was closed lets go of it. */
    @Test
    void what_has_come_of_a_head_is_dropped_at_once() {
        var decoder = new RequestDecoder(new HttpDecoderConfig());
        var channel = new EmbeddedChannel(decoder);
        var part = Unpooled.copiedBuffer("GET / HTTP/1.1\r\nHost: a.te", StandardCharsets.US_ASCII);
        channel.writeInbound(part);
        assertThat(decoder.held()).isPositive();
        assertThat(part.refCnt()).isPositive();
        decoder.drop();
        assertThat(part.refCnt()).isZero();
        var later = Unpooled.copiedBuffer("st\r\n\r\n", StandardCharsets.US_ASCII);
        channel.writeInbound(later);
        decoder.drop();
        channel.finishAndReleaseAll();
        assertThat(later.refCnt()).isZero();
    }
}
