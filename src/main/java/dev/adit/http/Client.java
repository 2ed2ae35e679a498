package dev.adit.http;

import dev.adit.match.Generation;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.policy.ClientCertificate;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a connection.
 *
 * @param address the IP address; IPv6 in the short form of RFC 5952
 * @param isSecure whether it speaks TLS with us
 * @param port to which it has connected, as the routing table names it
 * @param identity what it showed of itself; null where nothing was asked
 * @param serverName that its handshake asked for, on a port of Gateways alone; empty for none
 * @param isTrusted whether it is a proxy whose X-Forwarded fields are taken
 */
public record Client(
        String address,
        boolean isSecure,
        Integer port,
        String serverName,
        boolean isTrusted,
        Verdict.@Nullable ClientCertificateCheck identity)
        implements Verdict.ClientCertificateCheck {

    /** Of a connection: the name that its handshake asked for, in its normal form. */
    public static final AttributeKey<String> SERVER_NAME = AttributeKey.valueOf(Client.class, "server-name");

    /** One that has connected to a port of Ingresses. */
    public Client(
            String address, boolean isSecure, boolean isTrusted, Verdict.@Nullable ClientCertificateCheck identity) {
        this(address, isSecure, RoutingTable.port(isSecure), "", isTrusted, identity);
    }

    /**
     * Whether its request came by TLS: to us, or to the trusted proxy that says so.
     *
     * @param forwardedProto the lines of X-Forwarded-Proto
     */
    public boolean cameSecurely(List<String> forwardedProto) {
        var said = isTrusted ? addedLast(forwardedProto) : null;
        return said == null ? isSecure : said.equalsIgnoreCase("https");
    }

    /**
     * The address of the client itself: that of the connection, or behind a trusted proxy the one that the proxy has added.
     *
     * @param forwardedFor the lines of X-Forwarded-For
     */
    public String addressBehind(List<String> forwardedFor) {
        var added = isTrusted ? addedLast(forwardedFor) : null;
        return added == null || added.isEmpty() ? address : added;
    }

    /**
     * What the proxy before us has said in a field to which each proxy adds: the last element of the last line (RFC 9110
     * §5.3). What stands before was said by others, the client among them. Null where nobody said anything.
     */
    static @Nullable String addedLast(List<String> lines) {
        if (lines.isEmpty()) {
            return null;
        }
        var line = lines.getLast();
        return line.substring(line.lastIndexOf(',') + 1).strip();
    }

    /** Made before anything was asked of it, or by a proxy that cannot show it: a new connection may be another. */
    @Override
    public @Nullable Refusal refusal(String host, ClientCertificate required) {
        return identity == null ? Refusal.MISDIRECTED : identity.refusal(host, required);
    }

    @Override
    public @Nullable X509Certificate certificate() {
        return identity == null ? null : identity.certificate();
    }

    /** What the client at the other end of a connection showed of itself. */
    public static Verdict.@Nullable ClientCertificateCheck identity(
            Channel channel, Generation generation, Integer port) {
        return generation.demandsClients(port) ? ClientIdentity.of(channel) : null;
    }

    /** The name that its handshake asked for; empty where there was none, and on ports where nobody asks. */
    public static String serverName(Channel channel, Integer port) {
        var name =
                RoutingTable.isShared(port) ? null : channel.attr(SERVER_NAME).get();
        return name == null ? "" : name;
    }

    /**
     * The client of a connection.
     *
     * @param address as the socket or the PROXY header has it, maybe with a zone
     */
    public static Client of(
            String address,
            boolean secure,
            Integer port,
            String serverName,
            TrustedPeers trusted,
            Verdict.@Nullable ClientCertificateCheck identity) {
        var zone = address.indexOf('%');
        var plain = zone < 0 ? address : address.substring(0, zone);
        if (plain.isEmpty()) {
            return new Client("", secure, port, "", false, null); // gone before it was asked
        }
        var inet = InetAddress.ofLiteral(plain);
        return new Client(NetUtil.toAddressString(inet), secure, port, serverName, trusted.contains(inet), identity);
    }
}
