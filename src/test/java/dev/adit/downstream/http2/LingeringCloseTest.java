package dev.adit.downstream.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LingeringCloseTest {
    private final List<String> told = new ArrayList<>();
    private final LingeringClose.Connection connection = new LingeringClose.Connection() {
        @Override
        public void fails() {
            told.add("fails");
        }

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

    @Test
    @Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void nothing_of_a_connection_is_kept_when_its_client_has_gone() throws Exception {
        var group = new NioEventLoopGroup(1);
        var accepted = new CompletableFuture<WeakReference<Channel>>();
        var closing = new ChannelInitializer<NioSocketChannel>() {
            @Override
            protected void initChannel(NioSocketChannel channel) {
                accepted.complete(new WeakReference<>(channel));
                channel.pipeline().addFirst(new LingeringClose(connection, Duration.ofHours(1)));
                channel.eventLoop().execute(() -> {
                    var _ = channel.close();
                });
            }
        };
        var server = new NioServerSocketChannel();
        try (var client = new Socket()) {
            new ServerBootstrap()
                    .group(group)
                    .channelFactory((ChannelFactory<NioServerSocketChannel>) () -> server)
                    .childHandler(closing)
                    .bind(InetAddress.getLoopbackAddress(), 0)
                    .syncUninterruptibly();
            client.connect(server.localAddress());
            assertThat(client.getInputStream().read()).isNegative();
            var kept = accepted.get();
            assertThat(kept.get()).as("as long as the client stays").isNotNull();
            client.close();
            while (kept.get() != null && !Thread.interrupted()) {
                System.gc();
            }
            assertThat(kept.get()).isNull();
        } finally {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }
}
