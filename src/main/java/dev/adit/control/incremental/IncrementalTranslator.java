package dev.adit.control.incremental;

import dev.adit.control.Delta;
import dev.adit.control.Translator;
import dev.adit.kube.BackendTlsPolicy;
import dev.adit.kube.EndpointSlice;
import dev.adit.kube.GatewayRoute;
import dev.adit.kube.Ingress;
import dev.adit.kube.Kind;
import dev.adit.kube.KubeObject;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.Looks;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.ObjectRef;
import dev.adit.kube.Objects;
import dev.adit.kube.Secret;
import dev.adit.kube.Service;
import dev.adit.kube.source.SnapshotSource;
import dev.adit.kube.source.SnapshotSource.Changes;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.translate.RouteLinks;
import dev.adit.translate.Translation;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.assembly.Assembler;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pure translation with what it may not know: the time, and what Secrets held and Ingresses said before. */
public final class IncrementalTranslator implements Translator {
    private final Assembler translator;
    private final Clock clock;
    private final LastGoodSecrets secrets = new LastGoodSecrets();
    private final LastGoodIngresses ingresses;
    private final References references = new References();
    private final AttachedRoutes routes = new AttachedRoutes();
    // The objects of the last snapshot that are looked at with all others, but for these routes, which are as they are
    // now: a copy of
    // all of them for each change would be garbage that the collector has already taken for old.
    private volatile KubeSnapshot general = KubeSnapshot.EMPTY;
    private final Map<ObjectRef, KubeObject> attached = new ConcurrentHashMap<>();
    private boolean hasTranslated;
    // What the first translation will look at.
    private @Nullable Looks foreseen;

    /** Translates by these options, and judges certificates by this clock. */
    public IncrementalTranslator(TranslationOptions options, Clock clock) {
        this.translator = new Assembler(options);
        this.ingresses = new LastGoodIngresses(translator::restrictsAccess);
        this.clock = clock;
    }

    @Override
    public Translation translate(KubeSnapshot snapshot, Objects live) {
        note(snapshot.general());
        var looks = new Looks();
        var links = new RouteLinks();
        var translation = ingresses.translate(
                snapshot,
                all -> translator.translate(
                        over(all, live), all.problems(), clock.instant(), Optional.empty(), looks, links));
        routes.reset(links);
        secrets.retain(looks.at(Secret.KIND).collect(Collectors.toSet()));
        references.reset(
                translation.own(), own -> snapshot.find(Ingress.KIND, own.key()).orElse(own), looks);
        // By what an earlier process left it is not known yet what matters now.
        if (!(live instanceof SnapshotSource source && source.isStale())) {
            hasTranslated = true;
            foreseen = null;
        }
        return translation;
    }

    private void note(KubeSnapshot all) {
        general = all.without(Kind::isAttached);
        var now = all.items()
                .filter(object -> object.kind().isAttached())
                .collect(Collectors.toMap(KubeObject::ref, Function.<KubeObject>identity()));
        attached.keySet().retainAll(now.keySet());
        attached.putAll(now);
    }

    private Objects over(KubeSnapshot snapshot, Objects live) {
        return secrets.over(new Referring(snapshot, live));
    }

    @Override
    public Optional<Delta> translate(Changes.Named changes, SnapshotSource source, Translation before) {
        var ofRoutes = changes.objects().stream()
                .filter(object -> object.kind().isAttached())
                .collect(Collectors.toSet());
        if (!ofRoutes.isEmpty()) {
            var others = new HashSet<>(changes.objects());
            others.removeAll(ofRoutes);
            return references.depend(others) ? Optional.empty() : routes(ofRoutes, source, before);
        }
        var component = references.component(
                changes, key -> source.find(Ingress.KIND, key).filter(ingress -> translator.selects(general, ingress)));
        return component.map(found -> {
            ingresses.forget(found.gone());
            var looks = new Looks();
            var few = new ArrayList<Ingress>(found.ingresses().values());
            few.addAll(wildcards(found, before));
            var part = ingresses.translatePart(
                    general.with(few),
                    some -> translator.translateIngresses(
                            over(some, source), some.problems(), clock.instant(), before.defaultRoute(), looks));
            references.update(found, part.own(), looks);
            return found.replacing(before, part);
        });
    }

    /** Where nothing but routes of the Gateway API has changed. */
    private Optional<Delta> routes(Set<ObjectRef> changed, SnapshotSource source, Translation before) {
        var others = general.without(GatewayRoute.kinds()::contains);
        // Each is read once: the source may change meanwhile.
        var now = new HashMap<ObjectRef, Optional<KubeObject>>();
        Function<ObjectRef, Optional<KubeObject>> read = route -> now.computeIfAbsent(
                route, ref -> source.find(ref.kind(), ref.key()).map(object -> object));
        var part = RoutePart.of(
                changed,
                routes,
                references,
                route -> isJudged(Optional.ofNullable(attached.get(route))) || isJudged(read.apply(route)),
                (some, looks, links) -> translator.translateRoutes(
                        over(
                                others.with(some.stream()
                                        .flatMap(route -> read.apply(route).stream())
                                        .toList()),
                                source),
                        others.problems(),
                        clock.instant(),
                        looks,
                        links));
        part.ifPresent(_ -> now.forEach((route, object) ->
                object.ifPresentOrElse(found -> attached.put(route, found), () -> attached.remove(route))));
        return part.map(found -> found.replacing(before));
    }

    /** Whether a BackendTLSPolicy is for a Service of a route: its status names the Gateways of all routes that have one of these. */
    private boolean isJudged(Optional<KubeObject> route) {
        return route.filter(found -> found instanceof GatewayRoute some
                        && some.services()
                                .anyMatch(service ->
                                        general.all(BackendTlsPolicy.KIND).anyMatch(policy -> isFor(policy, service))))
                .isPresent();
    }

    private static boolean isFor(BackendTlsPolicy policy, ObjectKey service) {
        return policy.targets().stream()
                .anyMatch(
                        target -> target.object().from(policy.key().namespace()).equals(service));
    }

    /**
     * Who else's a certificate for names of a component may be, by a wildcard: the oldest that lists it, with nothing but
     * that, and under a name that no object can have.
     */
    private List<Ingress> wildcards(References.Component component, Translation before) {
        var oldest = new ArrayList<Ingress>();
        references
                .wildcardsOver(component)
                .forEach((host, keys) -> keys.stream()
                        .flatMap(key -> Stream.ofNullable(before.ingresses().get(key)))
                        .filter(ingress ->
                                References.Of.ingress(ingress, Set.of()).lists(host))
                        .min(translator.oldestFirst(general))
                        .ifPresent(ingress -> oldest.add(ingress.claiming(host.text()))));
        return oldest;
    }

    /**
     * The objects by which everything is served.
     *
     * @param own the Ingresses among them
     * @param source all others as they are now
     */
    public Stream<KubeObject> served(List<Ingress> own, SnapshotSource source) {
        var referred = references.objects().toList();
        return Stream.of(
                        general.items(),
                        attached.values().stream(),
                        own.stream(),
                        referred.stream().flatMap(ref -> sound(ref, source).stream()),
                        referred.stream()
                                .filter(ref -> ref.kind() == Service.KIND)
                                .flatMap(ref -> source.slicesOf(ref.key()).stream()))
                .flatMap(items -> items);
    }

    private Optional<? extends KubeObject> sound(ObjectRef ref, SnapshotSource source) {
        return ref.kind() == Secret.KIND
                ? secrets.sound(ref.key(), source.find(Secret.KIND, ref.key()))
                : source.find(ref.kind(), ref.key()).filter(KubeObject::isRead);
    }

    /** The objects of one kind that were looked at last; none before anything was translated. */
    public Set<ObjectKey> looked(Kind<?> kind) {
        return references
                .objects()
                .filter(ref -> ref.kind() == kind)
                .map(ObjectRef::key)
                .collect(Collectors.toSet());
    }

    /**
     * The objects of one kind that matter: those that were looked at last, or before anything was translated those that
     * would be.
     */
    public Set<ObjectKey> referred(Kind<?> kind, KubeSnapshot snapshot) {
        if (hasTranslated) {
            return looked(kind);
        }
        // Once: what is referred to from then on is asked for when it is looked at.
        var looks = foreseen;
        if (looks == null) {
            looks = translator.looks(snapshot, clock.instant());
            foreseen = looks;
        }
        return looks.at(kind).collect(Collectors.toSet());
    }

    @Override
    public Map<UpstreamId, List<Endpoint>> endpoints(
            Collection<UpstreamId> upstreams, Function<ObjectKey, List<EndpointSlice>> slices) {
        return translator.endpoints(upstreams, slices);
    }
}
