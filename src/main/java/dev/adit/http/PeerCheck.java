package dev.adit.http;

import dev.adit.routing.ClientAuthorities;
import org.jspecify.annotations.Nullable;

/** Whether the client of a connection may have what needs a certificate. */
@FunctionalInterface
public interface PeerCheck {
    /** Why it may not, or null. */
    @Nullable
    ProxyError refusal(String host, ClientAuthorities required);
}
