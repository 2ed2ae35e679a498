package dev.adit.upstream.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** TLS to the endpoints of one event loop. Their certificates are not verified: no one knows their names. */
public final class UpstreamTls {
    private static final ApplicationProtocolConfig EITHER = new ApplicationProtocolConfig(
            Protocol.ALPN,
            SelectorFailureBehavior.NO_ADVERTISE,
            SelectedListenerFailureBehavior.ACCEPT,
            ApplicationProtocolNames.HTTP_2,
            ApplicationProtocolNames.HTTP_1_1);

    private @Nullable SslContext either;
    private @Nullable SslContext http1;

    /**
     * A handler for one connection.
     *
     * @param http1Only whether HTTP/2 must not be chosen
     */
    public SslHandler handler(ByteBufAllocator allocator, boolean http1Only) {
        return context(http1Only).newHandler(allocator);
    }

    private SslContext context(boolean http1Only) {
        var known = http1Only ? http1 : either;
        if (known != null) {
            return known;
        }
        var made = make(http1Only);
        if (http1Only) {
            http1 = made;
        } else {
            either = made;
        }
        return made;
    }

    private static SslContext make(boolean http1Only) {
        try {
            var builder = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .endpointIdentificationAlgorithm(null);
            return (http1Only ? builder : builder.applicationProtocolConfig(EITHER)).build();
        } catch (SSLException e) {
            throw new IllegalStateException("the JDK has no TLS", e);
        }
    }
}
