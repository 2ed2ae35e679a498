package dev.adit.http;

import dev.adit.routing.Hostname;
import dev.adit.routing.policy.ClientCertificate;
import dev.adit.x509.ClientChain;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** What a client showed of itself in the handshake of its connection, judged again for each policy that it meets. */
final class ClientIdentity implements Verdict.ClientCertificateCheck {
    private static final X509Certificate[] NONE = {};
    private static final int MOST_JUDGEMENTS = 64;

    private final String serverName;
    private final boolean asked;
    private final X509Certificate[] chain;
    // Of each bundle once, however often requests go from one to the other: to judge costs a hundred times a request.
    private final IdentityHashMap<ClientCertificate, Optional<Refusal>> judgements = new IdentityHashMap<>(4);

    private ClientIdentity(String serverName, boolean asked, X509Certificate[] chain) {
        this.serverName = serverName;
        this.asked = asked;
        this.chain = chain;
    }

    /** Null without TLS. */
    static @Nullable ClientIdentity of(Channel channel) {
        var handler = channel.pipeline().get(SslHandler.class);
        if (handler == null) {
            return null;
        }
        var engine = handler.engine();
        var asked = engine.getNeedClientAuth() || engine.getWantClientAuth();
        return new ClientIdentity(serverName(engine), asked, asked ? chain(engine) : NONE);
    }

    private static String serverName(SSLEngine engine) {
        if (engine.getSession() instanceof ExtendedSSLSession session) {
            for (var name : session.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return Hostname.normalize(host.getAsciiName());
                }
            }
        }
        return "";
    }

    private static X509Certificate[] chain(SSLEngine engine) {
        try {
            return Arrays.stream(engine.getSession().getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
        } catch (SSLPeerUnverifiedException _) {
            return NONE;
        }
    }

    /**
     * The handshake was made for one host, and what it asked of the client holds for no other (RFC 9110 §15.5.20); nor
     * for a policy that came later.
     */
    @Override
    public @Nullable Refusal refusal(String host, ClientCertificate required) {
        // Nginx takes a client that names no server for one of the host that it asks for.
        var isNameless = serverName.isEmpty() && !required.manner().isStrict();
        // A listener has many hosts, and what is shown is judged by what this one wants, for whichever it was shown.
        if (!isNameless && !required.manner().isOfListener() && !isFor(host)) {
            return Refusal.MISDIRECTED;
        }
        if (chain.length == 0) {
            return asked || isNameless ? Refusal.CLIENT_CERTIFICATE_REQUIRED : Refusal.MISDIRECTED;
        }
        if (judgements.size() >= MOST_JUDGEMENTS) {
            judgements.clear(); // of generations that have gone, most of them
        }
        return judgements.computeIfAbsent(required, this::judge).orElse(null);
    }

    /** RFC 6066 §3: an address is not sent as server name. */
    private boolean isFor(String host) {
        return serverName.isEmpty()
                ? host.startsWith("[") || NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)
                : serverName.equals(host);
    }

    @Override
    public @Nullable X509Certificate certificate() {
        return chain.length == 0 ? null : chain[0];
    }

    private Optional<Refusal> judge(ClientCertificate required) {
        try {
            ClientChain.verify(chain, required.authorities());
            if (ClientChain.depth(chain) > required.manner().depth()) {
                return Optional.of(Refusal.CLIENT_CERTIFICATE_INVALID);
            }
            return Optional.empty();
        } catch (CertificateException _) {
            return Optional.of(Refusal.CLIENT_CERTIFICATE_INVALID);
        }
    }
}
