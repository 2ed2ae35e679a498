package dev.adit.routing.policy;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Clients get a cookie that says which endpoint has served them, and are served by it again (RFC 6265).
 *
 * @param name a token
 * @param path for which the client sends it
 * @param domain to whose hosts the client sends it; empty for this host alone
 * @param sameSite {@code Strict}, {@code Lax} or {@code None}; empty where the client decides
 * @param isSecure whether it is sent by TLS alone; empty for those that were set by TLS
 * @param maxAge in seconds
 * @param expires in seconds from now
 * @param sparesOldClients whether clients that refuse a cookie with {@code SameSite=None} get it without
 * @param followsFailure whether a client whose endpoint fails is given another one for good
 */
public record SessionCookie(
        String name,
        String path,
        Optional<String> domain,
        Optional<String> sameSite,
        Optional<Boolean> isSecure,
        OptionalInt maxAge,
        OptionalInt expires,
        boolean sparesOldClients,
        boolean followsFailure)
        implements Policy {}
