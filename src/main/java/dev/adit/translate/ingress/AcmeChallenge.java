package dev.adit.translate.ingress;

import dev.adit.routing.PathMatch;
import java.util.List;

/** The paths of http-01 challenges (RFC 8555 §8.3): who answers one for a host can have a certificate for it. */
final class AcmeChallenge {
    private static final String WELL_KNOWN = "/.well-known";
    private static final String CHALLENGES = WELL_KNOWN + "/acme-challenge/";

    /** Every challenge of a host, and nothing else. */
    static final PathMatch ALL = new PathMatch.Prefix(CHALLENGES);

    /** All prefixes that take challenges, the most specific first. */
    static final List<PathMatch> TAKERS = List.of(ALL, new PathMatch.Prefix(WELL_KNOWN), new PathMatch.Prefix("/"));

    private AcmeChallenge() {}

    /** Whether it is the path of one token, which is all that a solver has to serve. */
    static boolean isToken(PathMatch path) {
        var text = path.path();
        return text.startsWith(CHALLENGES)
                && text.length() > CHALLENGES.length()
                && text.indexOf('/', CHALLENGES.length()) < 0;
    }

    /** Whether it takes challenges away from a rule for the rest of the host. */
    static boolean isTakenBy(PathMatch path) {
        return switch (path) {
            case PathMatch.Exact(var text) -> text.startsWith(CHALLENGES);
            case PathMatch.Prefix(var text) -> text.equals(WELL_KNOWN) || (text + "/").startsWith(CHALLENGES);
        };
    }
}
