package dev.adit.translate.assembly;

import dev.adit.kube.EndpointSlice;
import dev.adit.kube.Ingress;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.Looks;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.kube.Problem;
import dev.adit.routing.Route;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.EndpointTable;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.translate.ApiTranslator;
import dev.adit.translate.Draft;
import dev.adit.translate.Problems;
import dev.adit.translate.RouteLinks;
import dev.adit.translate.Translation;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.endpoints.EndpointCollector;
import dev.adit.translate.endpoints.EndpointProblems;
import dev.adit.translate.gateway.GatewayTranslator;
import dev.adit.translate.ingress.IngressTranslator;
import dev.adit.translate.stream.StreamTranslator;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What objects mean by all APIs together. */
public final class Assembler {
    private final TranslationOptions options;
    private final IngressTranslator ingress;
    private final ApiTranslator gateways;
    private final List<ApiTranslator> translators;

    public Assembler(TranslationOptions options) {
        this.options = options;
        this.ingress = new IngressTranslator(options);
        this.gateways = new GatewayTranslator(options);
        this.translators = List.of(ingress, new StreamTranslator(options), gateways);
    }

    /** What a snapshot means. */
    public Translation translate(KubeSnapshot snapshot, Instant now) {
        return translate(snapshot, snapshot.problems(), now, Optional.empty(), new Looks(), new RouteLinks());
    }

    /**
     * What all objects mean.
     *
     * @param found the problems of the source
     * @param now for the validity of certificates
     * @param general the default backend for all requests, where another Ingress has it
     * @param looks takes note of what each object depends on
     * @param links takes note of what each route is attached to
     */
    public Translation translate(
            Objects objects, List<Problem> found, Instant now, Optional<Route> general, Looks looks, RouteLinks links) {
        return translate(translators, objects, found, new Draft(now, general, looks, links));
    }

    /** What a few routes of the Gateway API mean, where no Ingress has anything to do with their hosts. */
    public Translation translateRoutes(
            Objects objects, List<Problem> found, Instant now, Looks looks, RouteLinks links) {
        return translate(List.of(gateways), objects, found, new Draft(now, Optional.empty(), looks, links));
    }

    /** What a few Ingresses mean, where no Gateway has anything to do with their hosts. */
    public Translation translateIngresses(
            Objects objects, List<Problem> found, Instant now, Optional<Route> general, Looks looks) {
        return translate(List.of(ingress), objects, found, new Draft(now, general, looks, new RouteLinks()));
    }

    private Translation translate(List<ApiTranslator> some, Objects objects, List<Problem> found, Draft draft) {
        draft.refuse(found);
        some.forEach(translator -> translator.translate(objects, draft));
        var table = new RoutingTable(draft.hosts(), draft.certificates(), draft.ports());
        var endpoints = endpoints(objects, draft);
        return new Translation(
                table, endpoints, draft.ingresses(), draft.defaultRoute(), draft.statuses(), draft.problems());
    }

    /** Takes note of what all objects depend on, and of nothing else. */
    public Looks looks(Objects objects, Instant now) {
        var looks = new Looks();
        var draft = new Draft(now, Optional.empty(), looks, new RouteLinks());
        translators.forEach(translator -> translator.translate(objects, draft));
        return looks;
    }

    private EndpointTable endpoints(Objects objects, Draft draft) {
        var upstreams = draft.upstreams();
        var collector = new EndpointCollector(objects::slicesOf, options.location());
        var endpoints = new EndpointTable(collector.collect(upstreams));
        var problems = new Problems();
        var judge = new EndpointProblems(objects, problems);
        upstreams.stream()
                .map(upstream -> new ObjectKey(upstream.namespace(), upstream.service()))
                .distinct()
                .forEach(judge::find);
        judge.unreadable(collector.failures());
        draft.refuse(problems.all());
        return endpoints;
    }

    /** Whether an Ingress keeps clients out, or means to. */
    public boolean restrictsAccess(Ingress one) {
        return ingress.restrictsAccess(one);
    }

    /** Whether an Ingress is ours, by the classes among some objects. */
    public boolean selects(Objects classes, Ingress one) {
        return ingress.selects(classes, one);
    }

    /** In which order Ingresses come to own what they share, by the classes among some objects. */
    public Comparator<Ingress> oldestFirst(Objects classes) {
        return ingress.oldestFirst(classes);
    }

    /**
     * The endpoints alone, of some upstreams.
     *
     * @return nothing where a slice cannot be read: it takes the whole translation to say so
     */
    public Map<UpstreamId, List<Endpoint>> endpoints(
            Collection<UpstreamId> upstreams, Function<ObjectKey, List<EndpointSlice>> slices) {
        var collector = new EndpointCollector(slices, options.location());
        var endpoints = collector.collect(upstreams);
        return collector.failures().isEmpty() ? endpoints : Map.of();
    }
}
