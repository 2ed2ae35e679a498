package dev.adit.translate.ingress;

import dev.adit.routing.PathMatch;
import dev.adit.routing.RouteMatch;
import java.util.List;

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
