package dev.adit.match;

import dev.adit.routing.Hostname;
import dev.adit.routing.Route;
import java.util.List;
import java.util.Optional;

/**
 * Why a request got the route that it got.
 *
 * @param owner the most specific host that names it, whether or not one of its paths does
 * @param candidates every route of every host that names the request, the winner among them
 */
public record MatchTrace(Optional<Hostname> owner, List<Candidate> candidates, Optional<Route> winner) {

    /** One route, and what came of it. */
    public record Candidate(Hostname host, Route route, boolean isFallback, Outcome outcome) {}

    /** In the order in which a request is judged. */
    public enum Outcome {
        WINS("serves it"),
        OTHER_HOST("a more specific host owns the request"),
        OTHER_PATH("its path does not match"),
        LESS_SPECIFIC("a longer or exact path comes first"),
        NOT_NEEDED("a path matches, so the default is not needed");

        private final String reason;

        Outcome(String reason) {
            this.reason = reason;
        }

        public String reason() {
            return reason;
        }
    }
}
