package dev.adit.tls;

import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.StandardConstants;
import org.jspecify.annotations.Nullable;

/**
 * The server name that a client asks for, told to its engine before the handshake. When JSSE restores a session from its
 * ticket, it compares the certificate of the host before it has read which host it is: without this, the sessions of all
 * hosts but that of the default certificate would never be resumed. As a matcher it takes every name.
 */
public final class RequestedName extends SNIMatcher {
    private volatile String name = "";

    RequestedName() {
        super(StandardConstants.SNI_HOST_NAME);
    }

    @Override
    public boolean matches(SNIServerName requested) {
        return true;
    }

    /** Tells an engine of {@link ServerEngineOptions} what its client asks for. */
    public static void tell(SSLEngine engine, String name) {
        var requested = matcher(engine);
        if (requested != null) {
            requested.name = name;
        }
    }

    /** What the client of an engine asks for; empty where that is nothing. */
    static String of(SSLEngine engine) {
        var requested = matcher(engine);
        return requested == null ? "" : requested.name;
    }

    private static @Nullable RequestedName matcher(SSLEngine engine) {
        for (var matcher : engine.getSSLParameters().getSNIMatchers()) {
            if (matcher instanceof RequestedName requested) {
                return requested;
            }
        }
        return null;
    }
}
