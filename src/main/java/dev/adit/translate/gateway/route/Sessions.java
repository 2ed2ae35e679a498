package dev.adit.translate.gateway.route;

import dev.adit.hashing.ShortHash;
import dev.adit.kube.GatewayRoute;
import dev.adit.kube.HttpRoute;
import dev.adit.routing.PathMatch;
import dev.adit.routing.RouteMatch;
import dev.adit.routing.policy.SessionCookie;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Reads by which cookie clients are kept at the endpoints of a rule (HTTPRouteRule.sessionPersistence). */
final class Sessions {
    // RFC 9110 §5.6.2, and what a path may hold that ends no attribute of a cookie (RFC 6265 §4.1.1).
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");
    private static final Pattern PATH = Pattern.compile("/[-._~/0-9A-Za-z]*");
    private static final String PERMANENT = "Permanent";
    private static final String EVERYWHERE = "/";

    private Sessions() {}

    /**
     * The cookie of a rule; empty where it wants none, or one that it cannot have. Its requests are served in any case.
     *
     * @param matched the requests of the rule
     * @param field the rule within its route
     * @param ignored told of what has no effect, by field and reason
     */
    static Optional<SessionCookie> read(
            GatewayRoute route,
            HttpRoute.Rule rule,
            List<RouteMatch> matched,
            String field,
            Consumer<HttpRouteReader.Unserved> ignored) {
        return rule.session().flatMap(session -> {
            var own = field + ".sessionPersistence";
            Consumer<String> refuse = why -> ignored.accept(new HttpRouteReader.Unserved(own, why));
            if (!session.type().equals("Cookie")) {
                refuse.accept("has no effect: sessions are kept by cookies; use type Cookie");
                return Optional.empty();
            }
            if (!session.name().isEmpty() && !TOKEN.matcher(session.name()).matches()) {
                refuse.accept(
                        "has no effect: '" + session.name() + "' cannot be the name of a cookie; correct sessionName");
                return Optional.empty();
            }
            if (!session.idle().isEmpty()) {
                refuse.accept("idleTimeout has no effect; remove it, or limit all of the session by absoluteTimeout");
            }
            var name = session.name().isEmpty() ? "adit-" + ShortHash.of(route.ref() + " " + field) : session.name();
            return Optional.of(new SessionCookie(
                    name,
                    path(matched),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    seconds(session, refuse),
                    OptionalInt.empty(),
                    false,
                    true));
        });
    }

    /** How long a client keeps it. */
    private static OptionalInt seconds(HttpRoute.Session session, Consumer<String> refuse) {
        var isPermanent = session.lifetime().equals(PERMANENT);
        var time = Durations.parse(session.timeout());
        if (isPermanent && time.isPresent()) {
            return OptionalInt.of(Math.clamp(time.get().toSeconds(), 1, Integer.MAX_VALUE));
        }
        if (isPermanent) {
            refuse.accept(
                    "a cookie of lifetimeType Permanent needs an absoluteTimeout such as 1h; it lasts as long as the client runs");
        } else if (!session.timeout().isEmpty()) {
            refuse.accept(
                    "absoluteTimeout has no effect on a cookie of lifetimeType Session, which lasts as long as the client runs;"
                            + " use Permanent");
        }
        return OptionalInt.empty();
    }

    /** That of the rule, where it has one. */
    private static String path(List<RouteMatch> matched) {
        return matched.size() == 1
                        && !(matched.getFirst().path() instanceof PathMatch.Regex)
                        && PATH.matcher(matched.getFirst().path().text()).matches()
                ? matched.getFirst().path().text()
                : EVERYWHERE;
    }
}
