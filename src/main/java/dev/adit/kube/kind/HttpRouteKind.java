package dev.adit.kube.kind;

import static dev.adit.kube.kind.Fields.list;
import static dev.adit.kube.kind.Fields.object;
import static dev.adit.kube.kind.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.ForeignReference;
import dev.adit.kube.HttpRoute;
import dev.adit.kube.HttpRoute.Backend;
import dev.adit.kube.HttpRoute.Filter;
import dev.adit.kube.HttpRoute.Match;
import dev.adit.kube.HttpRoute.ParentRef;
import dev.adit.kube.HttpRoute.PathModifier;
import dev.adit.kube.HttpRoute.Rule;
import dev.adit.kube.HttpRoute.ValueMatch;
import dev.adit.kube.api.HttpRouteObject;
import dev.adit.kube.api.HttpRouteObject.Typed;
import dev.adit.kube.api.ReferenceObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** HTTPRoute of gateway.networking.k8s.io/v1. */
final class HttpRouteKind {
    private static final HttpRouteObject.Spec NO_SPEC = new HttpRouteObject.Spec(null, null, null);
    private static final HttpRouteObject.Rule EVERY_REQUEST =
            new HttpRouteObject.Rule(null, null, null, null, null, null);
    private static final Match EVERY_PATH = new Match("PathPrefix", "/", "", List.of(), List.of());
    private static final int FOUND = 302;
    private static final int HUNDRED = 100;
    // Of the API.
    private static final int MOST_WEIGHT = 1_000_000;
    static final ServedKind<HttpRouteObject, HttpRoute> SERVED = ServedKind.of(
                    HttpRoute.KIND,
                    HttpRouteObject.class,
                    HttpRouteObject::new,
                    ServedKind.Place.WATCHED,
                    source -> Optional.of(read(source)),
                    HttpRouteKind::write)
            .optional()
            .alike("v1beta1");

    private HttpRouteKind() {}

    static HttpRoute read(HttpRouteObject source) {
        var meta = source.getMetadata();
        var spec = source.spec() == null ? NO_SPEC : source.spec();
        var rules = spec.rules() == null ? List.of(EVERY_REQUEST) : spec.rules();
        return new HttpRoute(
                Fields.key(source),
                text(meta.getUid()),
                Fields.generation(meta),
                Fields.createdAt(meta),
                list(spec.parentRefs()).stream().map(HttpRouteKind::parent).toList(),
                list(spec.hostnames()),
                rules.stream().map(HttpRouteKind::rule).toList());
    }

    static ParentRef parent(ReferenceObject source) {
        return new ParentRef(
                References.read(source, ForeignReference.GATEWAY_GROUP, "Gateway"),
                text(source.sectionName()),
                number(source.port()));
    }

    private static OptionalInt number(@Nullable Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private static Rule rule(HttpRouteObject.Rule source) {
        var matches = list(source.matches()).stream().map(HttpRouteKind::match).toList();
        var times = source.timeouts();
        return new Rule(
                matches.isEmpty() ? List.of(EVERY_PATH) : matches,
                list(source.filters()).stream().map(HttpRouteKind::filter).toList(),
                list(source.backendRefs()).stream().map(HttpRouteKind::backend).toList(),
                times == null ? "" : text(times.request()),
                times == null ? "" : text(times.backendRequest()),
                Optional.ofNullable(source.retry())
                        .map(retry -> new HttpRoute.Retry(
                                list(retry.codes()), number(retry.attempts()), text(retry.backoff()))),
                session(source.sessionPersistence()));
    }

    static Optional<HttpRoute.Session> session(HttpRouteObject.@Nullable Session source) {
        if (source == null) {
            return Optional.empty();
        }
        var cookie = source.cookieConfig();
        return Optional.of(new HttpRoute.Session(
                text(source.sessionName()),
                source.type() == null ? "Cookie" : source.type(),
                cookie == null || cookie.lifetimeType() == null ? "Session" : cookie.lifetimeType(),
                text(source.absoluteTimeout()),
                text(source.idleTimeout())));
    }

    private static Match match(HttpRouteObject.Match source) {
        var path = source.path();
        return new Match(
                path == null || path.type() == null ? EVERY_PATH.pathType() : path.type(),
                path == null || path.value() == null ? EVERY_PATH.path() : path.value(),
                text(source.method()),
                list(source.headers()).stream().map(HttpRouteKind::value).toList(),
                list(source.queryParams()).stream().map(HttpRouteKind::value).toList());
    }

    static ValueMatch value(Typed source) {
        return new ValueMatch(
                source.type() == null ? "Exact" : source.type(), text(source.name()), text(source.value()));
    }

    static Backend backend(HttpRouteObject.BackendRef source) {
        return new Backend(
                References.read(source.group(), source.kind(), source.namespace(), source.name(), "", "Service"),
                number(source.port()),
                source.weight() == null ? 1 : Math.clamp(source.weight(), 0, MOST_WEIGHT),
                list(source.filters()).stream().map(HttpRouteKind::filter).toList());
    }

    /** The type alone says which it is. A filter that lacks the field of its type is read as one that Adit does not serve. */
    static Filter filter(HttpRouteObject.Filter source) {
        var type = text(source.type());
        var known = switch (type) {
            case "RequestHeaderModifier" ->
                Optional.ofNullable(source.requestHeaderModifier()).map(fields -> fields(true, fields));
            case "ResponseHeaderModifier" ->
                Optional.ofNullable(source.responseHeaderModifier()).map(fields -> fields(false, fields));
            case "RequestRedirect" ->
                Optional.ofNullable(source.requestRedirect()).map(HttpRouteKind::redirect);
            case "URLRewrite" ->
                Optional.ofNullable(source.urlRewrite())
                        .<Filter>map(rewrite -> new Filter.Rewrite(text(rewrite.hostname()), path(rewrite.path())));
            case "RequestMirror" -> Optional.ofNullable(source.requestMirror()).flatMap(HttpRouteKind::mirror);
            case "CORS" -> Optional.ofNullable(source.cors()).map(HttpRouteKind::cors);
            default -> Optional.<Filter>empty();
        };
        return known.orElseGet(() -> new Filter.Other(type));
    }

    // "The information provided by preflight requests can be cached... 5 (seconds)" (HTTPCORSFilter.maxAge).
    private static final int PREFLIGHT_SECONDS = 5;

    private static Filter cors(HttpRouteObject.Cors source) {
        return new Filter.Cors(
                list(source.allowOrigins()),
                Boolean.TRUE.equals(source.allowCredentials()),
                list(source.allowMethods()),
                list(source.allowHeaders()),
                list(source.exposeHeaders()),
                OptionalInt.of(source.maxAge() == null ? PREFLIGHT_SECONDS : source.maxAge()));
    }

    private static Optional<Filter> mirror(HttpRouteObject.Mirror source) {
        return Optional.ofNullable(source.backendRef())
                .map(backend -> new Filter.Mirror(
                        References.read(backend, "", "Service"),
                        number(backend.port()),
                        numerator(source),
                        source.fraction() == null || source.fraction().denominator() == null
                                ? HUNDRED
                                : source.fraction().denominator()));
    }

    /** Of a hundred, where no fraction says of how many. */
    private static int numerator(HttpRouteObject.Mirror source) {
        var fraction = source.fraction();
        if (fraction != null) {
            return fraction.numerator() == null ? 0 : fraction.numerator();
        }
        return source.percent() == null ? HUNDRED : source.percent();
    }

    private static Filter fields(boolean ofRequests, HttpRouteObject.Fields source) {
        return new Filter.Fields(ofRequests, fields(source.set()), fields(source.add()), list(source.remove()));
    }

    private static List<HttpRoute.Field> fields(@Nullable List<Typed> source) {
        return list(source).stream()
                .map(field -> new HttpRoute.Field(text(field.name()), text(field.value())))
                .toList();
    }

    private static Filter redirect(HttpRouteObject.Redirect source) {
        return new Filter.Redirect(
                text(source.scheme()),
                text(source.hostname()),
                path(source.path()),
                number(source.port()),
                source.statusCode() == null ? FOUND : source.statusCode());
    }

    private static Optional<PathModifier> path(HttpRouteObject.@Nullable PathModifier source) {
        return Optional.ofNullable(source)
                .map(path -> new PathModifier(
                        text(path.type()),
                        text(
                                "ReplaceFullPath".equals(path.type())
                                        ? path.replaceFullPath()
                                        : path.replacePrefixMatch())));
    }

    private static ObjectNode write(HttpRoute source) {
        var json = object(source, source.uid());
        Fields.written(json, source.generation(), source.createdAt());
        var spec = json.putObject("spec");
        HttpRouteRules.writeParents(spec, source);
        var rules = spec.putArray("rules");
        source.rules().forEach(rule -> HttpRouteRules.write(rules.addObject(), rule));
        return json;
    }
}
