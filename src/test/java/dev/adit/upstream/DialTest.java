package dev.adit.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DialTest {
    @Test
    void no_socket_is_made_before_the_event_loop_has_done_with_what_it_is_at() throws Exception {
        var loop = new NioEventLoopGroup(1);
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var made = new AtomicInteger();
            var bootstrap = new Bootstrap()
                    .group(loop)
                    .channelFactory((ChannelFactory<NioSocketChannel>) () -> {
                        made.incrementAndGet();
                        return new NioSocketChannel();
                    })
                    .handler(new ChannelInboundHandlerAdapter());
            var connected = new CompletableFuture<ChannelFuture>();
            var address = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
            var madeAtOnce = loop.next().submit(() -> {
                Dial.connect(bootstrap, address, connected::complete);
                return made.get();
            });
            assertThat(madeAtOnce.get(10, TimeUnit.SECONDS)).isZero();
            assertThat(connected.get(10, TimeUnit.SECONDS).isSuccess()).isTrue();
            assertThat(made).hasValue(1);
        } finally {
            loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }
}
