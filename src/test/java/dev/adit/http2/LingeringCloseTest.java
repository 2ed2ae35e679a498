package dev.adit.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LingeringCloseTest {
    private final List<String> told = new ArrayList<>();
    private final LingeringClose.Connection connection = new LingeringClose.Connection() {
        @Override
        public void ends() {
            told.add("ends");
        }

        @Override
        public void hasGone() {
            told.add("has gone");
        }
    };

    @Test
    void a_connection_is_told_that_it_has_gone_after_a_handler_that_failed_on_its_way_out() {
        var failing = new ChannelInboundHandlerAdapter() {
            @Override
            public void channelInactive(ChannelHandlerContext context) {
                told.add("handler fails");
                throw new IllegalStateException("as Vert.x's does over streams that are none of its own");
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                told.add("handler is told");
            }
        };
        var channel = new EmbeddedChannel(new LingeringClose(connection), new LastFrames(connection), failing);
        channel.close().syncUninterruptibly();
        assertThat(told).containsExactly("ends", "handler fails", "handler is told", "has gone");
    }
}
