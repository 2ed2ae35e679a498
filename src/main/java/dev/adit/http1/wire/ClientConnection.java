package dev.adit.http1.wire;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;

/**
 * Who is at the other end of a client's connection.
 *
 * @param address the client's IP address; IPv6 in the short form of RFC 5952
 */
public record ClientConnection(String address, boolean isSecure) {
    public static ClientConnection of(Channel channel) {
        var address = channel.remoteAddress() instanceof InetSocketAddress inet && inet.getAddress() != null
                ? NetUtil.toAddressString(inet.getAddress())
                : "";
        var zone = address.indexOf('%');
        return new ClientConnection(
                zone < 0 ? address : address.substring(0, zone),
                channel.pipeline().get(SslHandler.class) != null);
    }
}
