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
    public record Candidate(Hostname host, Route route, Outcome outcome) {}

    /** In the order in which a request is judged. */
    public enum Outcome {
        WINS("serves it"),
        OTHER_HOST("a more specific host owns the request"),
        OTHER_PATH("its path does not match"),
        OTHER_CONDITIONS("its method, fields, query or cookies do not match"),
        LESS_SPECIFIC("a more specific route, or an older one, comes first");

        private final String reason;

        Outcome(String reason) {
            this.reason = reason;
        }

        public String reason() {
            return reason;
        }
    }
}
