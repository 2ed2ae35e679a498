package dev.adit.translate.gateway;

import dev.adit.kube.ForeignReference;
import dev.adit.kube.HttpRoute;
import dev.adit.kube.Objects;
import dev.adit.kube.Service;
import dev.adit.routing.Route;
import dev.adit.routing.Route.Action;
import dev.adit.routing.policy.Mirror;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.routing.upstream.UpstreamPolicy;
import dev.adit.routing.upstream.UpstreamProtocol;
import dev.adit.translate.TranslationOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Finds the Services that an HTTPRoute sends requests to. The share of one that is not there, or may not be referred to, is answered
 * with 500, as the API asks.
 */
final class Backends {
    private static final int ERROR = 500;

    private final Objects objects;
    private final Grants grants;
    private final TranslationOptions options;
    private final Set<UpstreamId> upstreams = new TreeSet<>();

    Backends(Objects objects, Grants grants, TranslationOptions options) {
        this.objects = objects;
        this.grants = grants;
        this.options = options;
    }

    /** All that were found so far. */
    Set<UpstreamId> upstreams() {
        return upstreams;
    }

    /**
     * What a rule does with its requests.
     *
     * @param references whether all of its Services are there
     */
    record Found(Action action, Verdict references) {}

    /** A Service, or why it is none. */
    private sealed interface Target {
        record Of(UpstreamId upstream, UpstreamPolicy policy) implements Target {}

        record None(Verdict why) implements Target {}
    }

    Found of(HttpRoute route, HttpRoute.Rule rule) {
        var time = limit(rule);
        var references = Verdict.yes("ResolvedRefs");
        var shares = Stream.<Route.Share>builder();
        for (var backend : rule.backends()) {
            var target = target(route, backend.object(), backend.port());
            if (target instanceof Target.None(var why)) {
                references = references.and(why);
            }
            shares.add(new Route.Share(backend.weight(), action(target, time)));
        }
        return new Found(
                action(shares.build().filter(share -> share.weight() > 0).toList()), references);
    }

    private static Action action(List<Route.Share> shares) {
        return switch (shares.size()) {
            case 0 -> error("BackendMissing");
            case 1 -> shares.getFirst().action();
            default -> new Action.Split(shares, false);
        };
    }

    /** What is answered where a request cannot be sent on as the route says. */
    static Action error(String reason) {
        return new Action.Answer(ERROR, reason);
    }

    private static Action action(Target target, Optional<Duration> time) {
        return switch (target) {
            case Target.None(var why) -> error(why.reason());
            case Target.Of(var upstream, var policy) ->
                new Action.Forward(upstream, policy.within(Optional.empty(), time));
        };
    }

    /** The shorter one of the two: neither the whole of an answer nor that of several tries is measured. */
    private static Optional<Duration> limit(HttpRoute.Rule rule) {
        return Stream.of(rule.requestTimeout(), rule.backendTimeout())
                .filter(text -> !text.isEmpty())
                .map(text -> Durations.parse(text)
                        .orElseThrow(() -> new UnservedException(
                                "the time '" + text + "' cannot be read; write it as 10s, 500ms or 1h30m")))
                .filter(time -> !time.isZero())
                .min(Duration::compareTo);
    }

    /**
     * To where copies go.
     *
     * @param into takes what is wrong with it
     */
    Optional<Mirror> mirror(HttpRoute route, HttpRoute.Filter.Mirror filter, Consumer<Verdict> into) {
        if (!filter.isOfAll()) {
            throw new UnservedException(
                    "a RequestMirror of a part of all requests is not served; remove percent and fraction");
        }
        return switch (target(route, filter.object(), filter.port())) {
            case Target.Of(var upstream, var policy) -> Optional.of(new Mirror(upstream, policy));
            case Target.None(var why) -> {
                into.accept(why);
                yield Optional.empty();
            }
        };
    }

    private Target target(HttpRoute route, ForeignReference reference, OptionalInt port) {
        if (!reference.isOf(Service.KIND)) {
            return none("InvalidKind", reference + " cannot serve requests; name a Service");
        }
        if (!grants.permit(route, reference)) {
            return none("RefNotPermitted", Grants.remedy(route, reference));
        }
        var key = reference.from(route.key().namespace());
        var service = objects.find(Service.KIND, key);
        if (service.isEmpty()) {
            return none("BackendNotFound", "Service " + key + " does not exist; create it or correct the name");
        }
        if (service.get().type().equals(Service.EXTERNAL_NAME) && !options.externalNames()) {
            return none(
                    "UnsupportedValue",
                    "Service " + key + " is of type ExternalName, which is served only with --external-names;"
                            + " use one with endpoints");
        }
        if (port.isEmpty()) {
            return none("BackendNotFound", "the reference to Service " + key + " has no port; add its number");
        }
        return service.get()
                .port(port.getAsInt())
                .<Target>map(found -> {
                    var upstream = new UpstreamId(key.namespace(), key.name(), found.name(), found.number());
                    upstreams.add(upstream);
                    return new Target.Of(
                            upstream, UpstreamPolicy.DEFAULT.with(UpstreamProtocol.of(found.appProtocol())));
                })
                .orElseGet(() -> none(
                        "BackendNotFound",
                        "Service " + key + " has no port " + port.getAsInt() + "; correct the number"));
    }

    private static Target none(String reason, String message) {
        return new Target.None(Verdict.no(reason, message));
    }
}
