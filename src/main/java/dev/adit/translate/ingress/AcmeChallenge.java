package dev.adit.translate.ingress;

import dev.adit.routing.PathMatch;
import dev.adit.routing.Route;
import dev.adit.routing.RouteMatch;
import dev.adit.routing.policy.PathEdit;
import dev.adit.routing.policy.Policy;
import dev.adit.routing.policy.Rewrite;
import java.util.List;
import java.util.Optional;

/** The paths of http-01 challenges (RFC 8555 §8.3): who answers one for a host can have a certificate for it. */
final class AcmeChallenge {
    private static final String WELL_KNOWN = "/.well-known";
    private static final String CHALLENGES = WELL_KNOWN + "/acme-challenge/";

    /** Every challenge of a host, and nothing else. */
    static final RouteMatch ALL = RouteMatch.of(new PathMatch.Prefix(CHALLENGES));

    /** All prefixes that take challenges, the most specific first. */
    static final List<RouteMatch> TAKERS =
            List.of(ALL, RouteMatch.of(new PathMatch.Prefix(WELL_KNOWN)), RuleReader.EVERY_REQUEST);

    private AcmeChallenge() {}

    /** The route for challenges only. A rewrite replaces the same part of their paths as before. */
    static Route alone(Route route) {
        var policies =
                route.policies().stream().map(policy -> alone(policy, route)).toList();
        return new Route(ALL, policies, route.action(), route.origin());
    }

    private static Policy alone(Policy policy, Route route) {
        if (policy instanceof Rewrite(var host, var path, var forwarded)
                && path.orElse(null) instanceof PathEdit.Prefix(var prefix)
                && route.match().path() instanceof PathMatch.Prefix(var matched)) {
            var rest = CHALLENGES.substring(matched.equals("/") ? 0 : matched.length());
            var start = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
            return new Rewrite(host, Optional.of(new PathEdit.Prefix(start + rest)), forwarded);
        }
        return policy;
    }

    /** Whether it is the path of one token, which is all that a solver has to serve. */
    static boolean isToken(PathMatch path) {
        var text = path.text();
        return text.startsWith(CHALLENGES)
                && text.length() > CHALLENGES.length()
                && text.indexOf('/', CHALLENGES.length()) < 0;
    }

    /** Whether it takes challenges away from a rule for the rest of the host. */
    static boolean isTakenBy(PathMatch path) {
        return switch (path) {
            case PathMatch.Exact(var text) -> text.startsWith(CHALLENGES);
            case PathMatch.Regex _ -> true; // it may
            case PathMatch.Prefix(var text) -> text.equals(WELL_KNOWN) || (text + "/").startsWith(CHALLENGES);
        };
    }
}
