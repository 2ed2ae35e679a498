package dev.adit.kube;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A gateway.networking.k8s.io/v1 HTTPRoute as written by its author, with the defaults of the API filled in: a folder has none.
 *
 * @param generation of its {@code spec}, which a condition in its status refers to
 */
public record HttpRoute(
        ObjectKey key,
        String uid,
        long generation,
        Instant createdAt,
        List<ParentRef> parents,
        List<String> hostnames,
        List<Rule> rules)
        implements GatewayRoute {
    public static final Kind<HttpRoute> KIND =
            Kind.attached("gateway.networking.k8s.io/v1", "HTTPRoute", "httproutes", HttpRoute.class);

    public HttpRoute {
        parents = List.copyOf(parents);
        hostnames = List.copyOf(hostnames);
        rules = List.copyOf(rules);
    }

    /**
     * What a route wants to be attached to.
     *
     * @param sectionName of a listener; empty for all
     * @param port of listeners; empty for all
     */
    public record ParentRef(ForeignReference object, String sectionName, OptionalInt port) {}

    /**
     * What happens to the requests of some matches, of which one has to hold.
     *
     * @param requestTimeout as it is written; empty for none
     * @param backendTimeout likewise
     * @param retry when a request is sent again
     * @param session how clients are kept at the endpoints that have served them
     */
    public record Rule(
            List<Match> matches,
            List<Filter> filters,
            List<Backend> backends,
            String requestTimeout,
            String backendTimeout,
            Optional<Retry> retry,
            Optional<Session> session) {
        public Rule {
            matches = List.copyOf(matches);
            filters = List.copyOf(filters);
            backends = List.copyOf(backends);
        }
    }

    /**
     * How clients are kept at the endpoints that have served them.
     *
     * @param name empty for any
     * @param type {@code Cookie} or {@code Header}
     * @param lifetime of a cookie, {@code Session} or {@code Permanent}
     * @param timeout how long it lasts at most, as it is written; empty for no limit
     * @param idle how long without a request, likewise
     */
    public record Session(String name, String type, String lifetime, String timeout, String idle) {}

    /**
     * When a request is sent again.
     *
     * @param codes after which answers
     * @param attempts how often, after the first time; empty where it is not said
     * @param backoff how long to wait before, as it is written; empty for not at all
     */
    public record Retry(List<Integer> codes, OptionalInt attempts, String backoff) {
        public Retry {
            codes = List.copyOf(codes);
        }
    }

    /**
     * Which requests.
     *
     * @param method empty for all
     */
    public record Match(String pathType, String path, String method, List<ValueMatch> headers, List<ValueMatch> query) {
        public Match {
            headers = List.copyOf(headers);
            query = List.copyOf(query);
        }
    }

    /**
     * What a field or a parameter has to be.
     *
     * @param type {@code Exact} or {@code RegularExpression}
     */
    public record ValueMatch(String type, String name, String value) {}

    /**
     * A Service, and how many of the requests it gets.
     *
     * @param port empty where none is given
     */
    public record Backend(ForeignReference object, OptionalInt port, int weight, List<Filter> filters) {
        public Backend {
            filters = List.copyOf(filters);
        }
    }

    /** What is done to a request or to its answer. */
    public sealed interface Filter {
        /** Edits the fields of requests, or of answers. */
        record Fields(boolean ofRequests, List<Field> set, List<Field> add, List<String> remove) implements Filter {
            public Fields {
                set = List.copyOf(set);
                add = List.copyOf(add);
                remove = List.copyOf(remove);
            }
        }

        /**
         * Answers with a redirect.
         *
         * @param scheme empty for that of the request
         * @param hostname likewise
         */
        record Redirect(String scheme, String hostname, Optional<PathModifier> path, OptionalInt port, int status)
                implements Filter {}

        /**
         * Asks the backend for something else.
         *
         * @param hostname empty for that of the request
         */
        record Rewrite(String hostname, Optional<PathModifier> path) implements Filter {}

        /**
         * Sends copies of requests.
         *
         * @param numerator of how many, if that is a part of {@code denominator}
         */
        record Mirror(ForeignReference object, OptionalInt port, int numerator, int denominator) implements Filter {}

        /**
         * Says what pages of other origins may do.
         *
         * @param maxAge in seconds; empty where none is said
         */
        record Cors(
                List<String> origins,
                boolean allowsCredentials,
                List<String> methods,
                List<String> headers,
                List<String> exposed,
                OptionalInt maxAge)
                implements Filter {
            public Cors {
                origins = List.copyOf(origins);
                methods = List.copyOf(methods);
                headers = List.copyOf(headers);
                exposed = List.copyOf(exposed);
            }
        }

        /** One that Adit does not serve, by the {@code type} that it has. */
        record Other(String type) implements Filter {}
    }

    /** One field line. */
    public record Field(String name, String value) {}

    /**
     * Another path.
     *
     * @param type {@code ReplaceFullPath} or {@code ReplacePrefixMatch}
     */
    public record PathModifier(String type, String value) {}

    @Override
    public Kind<HttpRoute> kind() {
        return KIND;
    }
}
