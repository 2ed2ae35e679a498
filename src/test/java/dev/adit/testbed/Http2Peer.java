package dev.adit.testbed;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2ChannelDuplexHandler;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2PingFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** One end of HTTP/2 that sends the header sections it is told to, trailers among them. */
public final class Http2Peer implements AutoCloseable {
    private final EventLoopGroup group = new NioEventLoopGroup(1);
    private final Channel channel;
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    private Http2Peer(EndpointVersion version, Script script) throws Exception {
        var tls = version.isTls() ? EndpointVersion.http2() : null;
        channel = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        pipeline(opened, tls, Http2FrameCodecBuilder.forServer(), script);
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
    }

    private Http2Peer(int port) throws Exception {
        var tls = client();
        channel = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        pipeline(opened, tls, Http2FrameCodecBuilder.forClient(), (_, _) -> {});
                    }
                })
                .connect("127.0.0.1", port)
                .sync()
                .channel();
    }

    /** What an endpoint does when a request has come to its end. */
    @FunctionalInterface
    public interface Script {
        void answer(Http2FrameStream stream, Channel channel);
    }

    /** An endpoint of HTTP/2. */
    public static Http2Peer endpoint(EndpointVersion version, Script script) throws Exception {
        return new Http2Peer(version, script);
    }

    /** A client of HTTP/2 by TLS. */
    public static Http2Peer client(int port) throws Exception {
        return new Http2Peer(port);
    }

    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** Takes no more connections; those that stand go on. */
    public void refuse() throws InterruptedException {
        channel.close().sync();
    }

    /** Sends a request of a client. */
    public void send(Http2Headers head, String body, Http2Headers trailers) {
        channel.eventLoop().execute(() -> {
            var stream = channel.pipeline().get(Recorder.class).newStream();
            send(channel, stream, head, body, trailers);
        });
    }

    /** Sends a whole message, on the event loop of the channel. */
    public static void send(
            Channel channel, Http2FrameStream stream, Http2Headers head, String body, Http2Headers trailers) {
        var content = channel.alloc().buffer().writeBytes(body.getBytes(StandardCharsets.US_ASCII));
        var _ = channel.write(new DefaultHttp2HeadersFrame(head, false).stream(stream));
        var _ = channel.write(new DefaultHttp2DataFrame(content, trailers.isEmpty()).stream(stream));
        if (!trailers.isEmpty()) {
            var _ = channel.write(new DefaultHttp2HeadersFrame(trailers, true).stream(stream));
        }
        channel.flush();
    }

    /** A header section of names and values in turn. */
    public static Http2Headers section(String... fields) {
        var section = new DefaultHttp2Headers(false);
        for (var i = 0; i < fields.length; i += 2) {
            section.add(fields[i], fields[i + 1]);
        }
        return section;
    }

    /** The next frame that has come or will: its kind and what it says. */
    public String next() throws InterruptedException {
        return received.poll(10, TimeUnit.SECONDS);
    }

    private void pipeline(Channel opened, SslContext tls, Http2FrameCodecBuilder codec, Script script) {
        if (tls != null) {
            opened.pipeline().addLast(tls.newHandler(opened.alloc(), "a.test", 443));
        }
        opened.pipeline().addLast(codec.validateHeaders(false).build(), new Recorder(script));
    }

    private static SslContext client() throws SSLException {
        return SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm(null)
                .applicationProtocolConfig(EndpointVersion.ALPN)
                .build();
    }

    @Override
    public void close() throws Exception {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }

    private final class Recorder extends Http2ChannelDuplexHandler {
        private final Script script;

        Recorder(Script script) {
            this.script = script;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            read(context, frame);
            ReferenceCountUtil.release(frame);
        }

        private void read(ChannelHandlerContext context, Object frame) {
            switch (frame) {
                case Http2HeadersFrame head -> {
                    received.add("head " + head.headers());
                    if (head.isEndStream()) {
                        script.answer(head.stream(), context.channel());
                    }
                }
                case Http2DataFrame data -> {
                    if (data.content().isReadable()) {
                        received.add("data " + data.content().toString(StandardCharsets.US_ASCII));
                    }
                    if (data.isEndStream()) {
                        received.add("end");
                        script.answer(data.stream(), context.channel());
                    }
                }
                case Http2PingFrame ping when ping.ack() -> received.add("ping");
                case Http2ResetFrame reset -> received.add("reset " + reset.errorCode());
                default -> {}
            }
        }
    }
}
