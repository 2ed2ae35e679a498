package dev.adit.routing.policy;

import java.util.Optional;

/**
 * What endpoints say of their own URLs is changed into what their clients know: in Location and Refresh, and in the cookies that they
 * set.
 *
 * @param url of what a URL begins with
 * @param cookiePath of what the path of a cookie begins with
 * @param cookieDomain of a domain, with or without a dot before it
 */
public record ReverseRewrite(
        Optional<Replacement> url, Optional<Replacement> cookiePath, Optional<Replacement> cookieDomain)
        implements Policy {
    /** One text in place of another. */
    public record Replacement(String from, Template to) {}
}
