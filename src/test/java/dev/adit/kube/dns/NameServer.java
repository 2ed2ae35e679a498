package dev.adit.kube.dns;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A DNS server on loopback that knows what it is told, and nothing else. */
final class NameServer implements AutoCloseable {
    private final Map<String, List<String>> addresses = new ConcurrentHashMap<>();
    private final Channel channel;
    private volatile boolean down;

    NameServer(EventLoopGroup loops) {
        channel = new Bootstrap()
                .group(loops)
                .channel(NioDatagramChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel made) {
                        made.pipeline()
                                .addLast(
                                        new DatagramDnsQueryDecoder(),
                                        new DatagramDnsResponseEncoder(),
                                        new Answering());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    void knows(String name, String... found) {
        addresses.put(name + ".", List.of(found));
    }

    /** From now on it fails whatever it is asked. */
    void fails() {
        down = true;
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
    }

    private final class Answering extends SimpleChannelInboundHandler<DatagramDnsQuery> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramDnsQuery query) throws Exception {
            DnsQuestion question = query.recordAt(DnsSection.QUESTION);
            var own = query.recipient();
            var peer = query.sender();
            var response = new DatagramDnsResponse(own, peer, query.id());
            response.addRecord(DnsSection.QUESTION, question);
            var found = addresses.get(question.name());
            if (down) {
                response.setCode(DnsResponseCode.SERVFAIL);
            } else if (found == null) {
                response.setCode(DnsResponseCode.NXDOMAIN);
            } else {
                var length = question.type().equals(DnsRecordType.A) ? 4 : 16;
                for (var address : found) {
                    var bytes = InetAddress.ofLiteral(address).getAddress();
                    if (bytes.length == length) {
                        var content = Unpooled.wrappedBuffer(bytes);
                        response.addRecord(
                                DnsSection.ANSWER,
                                new DefaultDnsRawRecord(question.name(), question.type(), 1, content));
                    }
                }
            }
            var _ = context.writeAndFlush(response);
        }
    }
}
