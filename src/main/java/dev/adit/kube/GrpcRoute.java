package dev.adit.kube;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A gateway.networking.k8s.io/v1 GRPCRoute as written by its author, with the defaults of the API filled in: a folder has none.
 *
 * @param generation of its {@code spec}, which a condition in its status refers to
 * @param calls its rules
 */
public record GrpcRoute(
        ObjectKey key,
        String uid,
        long generation,
        Instant createdAt,
        List<HttpRoute.ParentRef> parents,
        List<String> hostnames,
        List<Rule> calls)
        implements GatewayRoute {
    public static final Kind<GrpcRoute> KIND =
            Kind.attached("gateway.networking.k8s.io/v1", "GRPCRoute", "grpcroutes", GrpcRoute.class);

    private static final String EXPRESSION = "RegularExpression";
    private static final String ANY = "[^/]+";

    public GrpcRoute {
        parents = List.copyOf(parents);
        hostnames = List.copyOf(hostnames);
        calls = List.copyOf(calls);
    }

    /**
     * What happens to the calls of some matches, of which one has to hold.
     *
     * @param session how clients are kept at the endpoints that have served them
     */
    public record Rule(
            List<Match> matches,
            List<HttpRoute.Filter> filters,
            List<HttpRoute.Backend> backends,
            Optional<HttpRoute.Session> session) {
        public Rule {
            matches = List.copyOf(matches);
            filters = List.copyOf(filters);
            backends = List.copyOf(backends);
        }
    }

    /**
     * Which calls.
     *
     * @param type {@code Exact} or {@code RegularExpression}
     * @param service empty for all
     * @param method empty for all
     */
    public record Match(String type, String service, String method, List<HttpRoute.ValueMatch> headers) {
        public Match {
            headers = List.copyOf(headers);
        }

        /** The path of a call is {@code /service/method} (gRPC over HTTP/2, "Requests"). */
        private HttpRoute.Match ofHttp() {
            var isExpression = type.equals(EXPRESSION);
            if (service.isEmpty() && method.isEmpty()) {
                return match("PathPrefix", "/");
            }
            if (!isExpression && method.isEmpty()) {
                return match("PathPrefix", "/" + service);
            }
            if (!isExpression && !service.isEmpty()) {
                return match(type, "/" + service + "/" + method);
            }
            return match(EXPRESSION, "/" + expression(service, isExpression) + "/" + expression(method, isExpression));
        }

        private HttpRoute.Match match(String pathType, String path) {
            return new HttpRoute.Match(pathType, path, "", headers, List.of());
        }

        private static String expression(String text, boolean isExpression) {
            if (text.isEmpty()) {
                return ANY;
            }
            return isExpression
                    ? "(?:" + text + ")"
                    : text.codePoints()
                            .mapToObj(c ->
                                    Character.isLetterOrDigit(c) ? Character.toString(c) : "\\" + Character.toString(c))
                            .collect(Collectors.joining());
        }
    }

    @Override
    public List<HttpRoute.Rule> rules() {
        return calls.stream()
                .map(rule -> new HttpRoute.Rule(
                        rule.matches().stream().map(Match::ofHttp).toList(),
                        rule.filters(),
                        rule.backends(),
                        "",
                        "",
                        Optional.empty(),
                        rule.session()))
                .toList();
    }

    @Override
    public Kind<GrpcRoute> kind() {
        return KIND;
    }
}
