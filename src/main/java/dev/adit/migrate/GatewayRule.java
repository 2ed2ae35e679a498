package dev.adit.migrate;

import dev.adit.kube.ForeignReference;
import dev.adit.kube.HttpRoute;
import dev.adit.kube.HttpRoute.Filter;
import dev.adit.kube.HttpRoute.PathModifier;
import dev.adit.routing.PathMatch;
import dev.adit.routing.Route;
import dev.adit.routing.Route.Action;
import dev.adit.routing.ValueMatch;
import dev.adit.routing.policy.Cors;
import dev.adit.routing.policy.CrossOrigin;
import dev.adit.routing.policy.FieldEdit;
import dev.adit.routing.policy.FieldName;
import dev.adit.routing.policy.FieldValue;
import dev.adit.routing.policy.FixedRedirect;
import dev.adit.routing.policy.Hsts;
import dev.adit.routing.policy.HttpsRedirect;
import dev.adit.routing.policy.IngressNginxFields;
import dev.adit.routing.policy.Mirror;
import dev.adit.routing.policy.PathEdit;
import dev.adit.routing.policy.Policy;
import dev.adit.routing.policy.Redirect;
import dev.adit.routing.policy.RequestFields;
import dev.adit.routing.policy.ResponseFields;
import dev.adit.routing.policy.Rewrite;
import dev.adit.routing.policy.SessionCookie;
import dev.adit.routing.text.PolicyText;
import dev.adit.routing.upstream.EndpointTls;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.routing.upstream.UpstreamPolicy;
import dev.adit.routing.upstream.UpstreamProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A route as a rule of an HTTPRoute. What has no equivalent is noted; where it keeps clients out, the rule is closed by a filter that nobody
 * serves, so that it is open to nobody before its author has seen to it.
 */
final class GatewayRule {
    private static final int HUNDRED = 100;
    private static final FieldEdit NO_EDIT = new FieldEdit(List.of(), List.of(), List.of());
    private static final Filter CLOSED = new Filter.Other("ExtensionRef");
    private static final String ANY_CASE = "(?i)";
    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
    // As ingress-nginx's users write "everything below": /api(/|$)(.*)
    private static final Pattern BELOW = Pattern.compile("(?:\\(\\?i\\))?(/[-A-Za-z0-9_/]*)\\(/\\|\\$\\)\\(\\.\\*\\)");
    private static final Pattern SECOND_GROUP = Pattern.compile("(/[-A-Za-z0-9_/.]*?)/?\\$2");
    private static final Pattern PLAIN_PATH = Pattern.compile("(?:\\(\\?i\\))?(/[-A-Za-z0-9_/]*)");
    private static final Pattern LOCATION =
            Pattern.compile("(https?)://([-a-z0-9.]+)(?::([0-9]+))?(/[^$?#]*|\\$request_uri)?");

    private final Route route;
    private final String namespace;
    private final List<String> notes = new ArrayList<>();
    private final List<Filter> filters = new ArrayList<>();
    private FieldEdit ofRequests = NO_EDIT;
    private FieldEdit ofResponses = NO_EDIT;
    private Optional<HttpRoute.Session> session = Optional.empty();

    /** Of a route that an object in a namespace has. */
    GatewayRule(Route route, String namespace) {
        this.route = route;
        this.namespace = namespace;
    }

    /** What has no equivalent, or not the same one. */
    List<String> notes() {
        return notes;
    }

    HttpRoute.Rule rule() {
        route.policies().forEach(this::add);
        var isRedirect = filters.stream().anyMatch(Filter.Redirect.class::isInstance);
        var backends = isRedirect ? List.<HttpRoute.Backend>of() : backends(route.action());
        return new HttpRoute.Rule(List.of(match()), merged(), backends, time(), "", Optional.empty(), session);
    }

    /** A rule has each kind of edits once. */
    private List<Filter> merged() {
        var edits =
                Stream.of(fields(true, ofRequests), fields(false, ofResponses)).flatMap(Optional::stream);
        return Stream.concat(edits, filters.stream()).toList();
    }

    /** The same requests, sent to TLS. */
    HttpRoute.Rule toHttps(int status) {
        var redirect = new Filter.Redirect("https", "", Optional.empty(), OptionalInt.empty(), status);
        return new HttpRoute.Rule(
                List.of(match()), List.of(redirect), List.of(), "", "", Optional.empty(), Optional.empty());
    }

    private HttpRoute.Match match() {
        var match = route.match();
        var headers = Stream.concat(
                        match.fields().stream().map(GatewayRule::value),
                        match.cookies().stream().map(GatewayRule::cookie))
                .toList();
        var query = match.query().stream().map(GatewayRule::value).toList();
        var method = match.method().orElse("");
        return switch (match.path()) {
            case PathMatch.Exact(var path) -> new HttpRoute.Match("Exact", path, method, headers, query);
            case PathMatch.Prefix(var path) -> new HttpRoute.Match("PathPrefix", path, method, headers, query);
            case PathMatch.Regex(var expression) -> {
                var text = expression.toString();
                var below = BELOW.matcher(text);
                if (below.matches() && isPrefixEnough()) {
                    if (text.startsWith(ANY_CASE)) {
                        notes.add(
                                "tells capital letters from small ones, which ingress-nginx does not for an expression");
                    }
                    yield new HttpRoute.Match("PathPrefix", below.group(1), method, headers, query);
                }
                // It is for the whole path, and that of an Ingress for its beginning.
                var one = text.contains("|") ? "(?:" + text + ")" : text;
                yield new HttpRoute.Match(
                        "RegularExpression", one.endsWith(".*") ? one : one + ".*", method, headers, query);
            }
        };
    }

    /** Whether nothing asks for the groups of the expression, or for what a prefix gives just as well. */
    private boolean isPrefixEnough() {
        return route.policies().stream()
                .flatMap(policy ->
                        policy instanceof Rewrite rewrite ? rewrite.path().stream() : Stream.<PathEdit>empty())
                .allMatch(edit -> prefix(edit).isPresent());
    }

    private static HttpRoute.ValueMatch value(ValueMatch match) {
        return switch (match) {
            case ValueMatch.Equal(var name, var text) -> new HttpRoute.ValueMatch("Exact", name, text);
            case ValueMatch.Matching(var name, var expression) ->
                new HttpRoute.ValueMatch("RegularExpression", name, expression.toString());
        };
    }

    private static HttpRoute.ValueMatch cookie(ValueMatch match) {
        var text = switch (match) {
            case ValueMatch.Equal(var name, var value) -> Pattern.quote(name + "=" + value);
            case ValueMatch.Matching(var name, var expression) -> Pattern.quote(name + "=") + "(" + expression + ")";
        };
        return new HttpRoute.ValueMatch("RegularExpression", "Cookie", "(.*; *)?" + text + "(;.*)?");
    }

    private void add(Policy policy) {
        switch (policy) {
            case HttpsRedirect _ -> {} // of the listener without TLS
            case Rewrite(var host, var path, var _) -> rewrite(host, path);
            case FixedRedirect redirect -> redirect(redirect);
            case Redirect(var scheme, var host, var port, var path, var status) ->
                filters.add(new Filter.Redirect(
                        scheme.orElse(""), host.orElse(""), path.flatMap(GatewayRule::modifier), port, status));
            case RequestFields(var edit) -> ofRequests = ofRequests.and(edit);
            case ResponseFields(var edit) -> ofResponses = ofResponses.and(edit);
            case Hsts(var value) ->
                ofResponses = ofResponses.and(new FieldEdit(
                        List.of(),
                        List.of(new FieldEdit.Field(new FieldName("strict-transport-security"), value)),
                        List.of()));
            case Cors cors ->
                filters.add(new Filter.Cors(
                        cors.origins(),
                        cors.allowsCredentials(),
                        list(cors.methods()),
                        list(cors.headers()),
                        cors.exposed().map(GatewayRule::list).orElse(List.of()),
                        OptionalInt.of(cors.maxAge())));
            case CrossOrigin cors ->
                filters.add(new Filter.Cors(
                        texts(cors.origins()),
                        cors.allowsCredentials(),
                        texts(cors.methods()),
                        texts(cors.headers()),
                        texts(cors.exposed()),
                        cors.maxAge()));
            case Mirror mirror
            when mirror.asked().isEmpty() ->
                filters.add(new Filter.Mirror(
                        service(mirror.upstream()),
                        OptionalInt.of(mirror.upstream().port()),
                        (int) Math.round(mirror.share() * HUNDRED),
                        HUNDRED));
            case SessionCookie cookie -> session = Optional.of(session(cookie));
            case IngressNginxFields _ -> {} // X-Request-ID and the like, of no route in particular
            case Policy other when other.keepsOut() -> close(other);
            case Policy other -> notes.add("no equivalent of: " + PolicyText.write(other));
        }
    }

    /** Nothing takes its place: until its author has found something, nobody is let in. */
    private void close(Policy policy) {
        close("its filter of kind " + policy.getClass().getSimpleName()
                + " is replaced, for nothing keeps out whom this does: " + PolicyText.write(policy));
    }

    private void close(String until) {
        notes.add("closed (500) until " + until);
        if (!filters.contains(CLOSED)) {
            filters.add(CLOSED);
        }
    }

    private void rewrite(Optional<String> host, Optional<PathEdit> path) {
        var modifier = path.flatMap(this::prefix).or(() -> path.flatMap(GatewayRule::modifier));
        if (path.isPresent() && modifier.isEmpty()) {
            close("it is rewritten by hand: the groups of an expression are no part of a URLRewrite");
            return;
        }
        filters.add(new Filter.Rewrite(host.orElse(""), modifier));
    }

    /** What {@code /$2} of {@code /api(/|$)(.*)} means. */
    private Optional<PathModifier> prefix(PathEdit edit) {
        var isBelow = route.match().path() instanceof PathMatch.Regex(var expression)
                && BELOW.matcher(expression.toString()).matches();
        if (!isBelow || !(edit instanceof PathEdit.Groups(var template))) {
            return Optional.empty();
        }
        var second = SECOND_GROUP.matcher(template);
        return second.matches()
                ? Optional.of(new PathModifier("ReplacePrefixMatch", second.group(1)))
                : Optional.empty();
    }

    private static Optional<PathModifier> modifier(PathEdit edit) {
        return switch (edit) {
            case PathEdit.Full(var path) -> Optional.of(new PathModifier("ReplaceFullPath", path));
            case PathEdit.Prefix(var path) -> Optional.of(new PathModifier("ReplacePrefixMatch", path));
            case PathEdit.Groups(var template)
            when PLAIN_PATH.matcher(template).matches() -> Optional.of(new PathModifier("ReplaceFullPath", template));
            case PathEdit.Groups _, PathEdit.GroupsBelow _ -> Optional.empty();
        };
    }

    private void redirect(FixedRedirect redirect) {
        var location = LOCATION.matcher(redirect.location().text());
        if (!location.matches() || !STATUSES.contains(redirect.status())) {
            close("it is redirected by hand: " + redirect.location());
            return;
        }
        var path = Optional.ofNullable(location.group(4))
                .filter(text -> text.startsWith("/"))
                .map(text -> new PathModifier("ReplaceFullPath", text));
        filters.add(new Filter.Redirect(
                location.group(1),
                location.group(2),
                path,
                location.group(3) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(location.group(3))),
                redirect.status()));
    }

    private static HttpRoute.Session session(SessionCookie cookie) {
        return new HttpRoute.Session(
                cookie.name(),
                "Cookie",
                cookie.maxAge().isPresent() ? "Permanent" : "Session",
                cookie.maxAge().isPresent() ? cookie.maxAge().getAsInt() + "s" : "",
                "");
    }

    private static Optional<Filter> fields(boolean isOfRequests, FieldEdit edit) {
        return edit.isEmpty()
                ? Optional.empty()
                : Optional.of(new Filter.Fields(
                        isOfRequests,
                        fields(edit.set()),
                        fields(edit.add()),
                        edit.remove().stream().map(FieldName::text).toList()));
    }

    private static List<HttpRoute.Field> fields(List<FieldEdit.Field> fields) {
        return fields.stream()
                .map(field ->
                        new HttpRoute.Field(field.name().text(), field.value().text()))
                .toList();
    }

    private static List<String> list(FieldValue value) {
        return Stream.of(value.text().split(",")).map(String::strip).toList();
    }

    private static List<String> texts(List<FieldValue> values) {
        return values.stream().map(FieldValue::text).toList();
    }

    private List<HttpRoute.Backend> backends(Action action) {
        return switch (action) {
            case Action.Forward(var upstream, var policy) -> List.of(backend(upstream, policy, 1));
            case Action.Answer(var status, var reason) -> {
                notes.add("answers " + status + " (" + reason
                        + ") today, and 500 as it is written here: it has no backend");
                yield List.of();
            }
            case Action.Split(var shares, var _) ->
                shares.stream()
                        .flatMap(share -> share.action() instanceof Action.Forward(var upstream, var policy)
                                ? Stream.of(backend(upstream, policy, share.weight()))
                                : Stream.<HttpRoute.Backend>empty())
                        .toList();
        };
    }

    private HttpRoute.Backend backend(UpstreamId upstream, UpstreamPolicy policy, int weight) {
        if (policy.protocol() != UpstreamProtocol.HTTP1) {
            notes.add("Service " + upstream.service() + " has to say appProtocol: "
                    + (policy.protocol() == UpstreamProtocol.H2C ? "kubernetes.io/h2c" : "https") + " at port "
                    + upstream.port());
        }
        tls(upstream, policy.tls());
        return new HttpRoute.Backend(service(upstream), OptionalInt.of(upstream.port()), weight, List.of());
    }

    /** A BackendTLSPolicy takes authorities from a ConfigMap, which there is none of: they are in a Secret. */
    private void tls(UpstreamId upstream, EndpointTls tls) {
        if (tls.isVerified()) {
            close("a BackendTLSPolicy has Service " + upstream.service() + " verified, as hostname "
                    + tls.serverName().orElse("of the endpoints") + " by the ca.crt of Secret " + tls.secret()
                    + " in a ConfigMap");
        }
        if (tls.identity().isPresent()) {
            notes.add("the Gateway has to say tls.backend.clientCertificateRef, for Service " + upstream.service()
                    + " is shown the certificate of Secret " + tls.secret());
        }
    }

    private ForeignReference service(UpstreamId upstream) {
        var isNear = upstream.namespace().equals(namespace);
        if (!isNear) {
            notes.add("needs a ReferenceGrant in namespace " + upstream.namespace());
        }
        return new ForeignReference("", "Service", isNear ? "" : upstream.namespace(), upstream.service());
    }

    /** The time of the first of its backends. */
    private String time() {
        return Stream.of(route.action())
                .flatMap(action -> action instanceof Action.Split(var shares, var _)
                        ? shares.stream().map(Route.Share::action)
                        : Stream.of(action))
                .flatMap(action -> action instanceof Action.Forward(var _, var policy)
                        ? policy.responseTimeout().stream()
                        : Stream.empty())
                .findFirst()
                .map(time -> time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms")
                .orElse("");
    }
}
