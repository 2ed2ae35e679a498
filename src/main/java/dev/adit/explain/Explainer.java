package dev.adit.explain;

import dev.adit.explain.Explanation.Answer;
import dev.adit.filter.FilterChain;
import dev.adit.http.Decision;
import dev.adit.http.EncodedSlashes;
import dev.adit.http.Refusal;
import dev.adit.http.RequestHead;
import dev.adit.http.Verdict;
import dev.adit.kube.Gateway;
import dev.adit.kube.GatewayRoute;
import dev.adit.kube.HttpRoute;
import dev.adit.kube.Ingress;
import dev.adit.kube.ListenerSet;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.ObjectRef;
import dev.adit.kube.Objects;
import dev.adit.kube.Problem;
import dev.adit.match.Generation;
import dev.adit.match.MatchTrace;
import dev.adit.routing.Hostname;
import dev.adit.routing.Route;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.Tunnel;
import dev.adit.routing.policy.ClientCertificate;
import dev.adit.routing.upstream.UpstreamProtocol;
import dev.adit.tls.CertificateTable;
import dev.adit.translate.IngressHosts;
import dev.adit.translate.Translation;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks the same parsers, matcher and verdict that the proxy asks. */
public final class Explainer {
    // Of what is said where nobody can be told a status.
    private static final String CLOSED = "; the connection is closed";
    private static final MatchTrace NOTHING = new MatchTrace(Optional.empty(), List.of(), Optional.empty());

    private final Generation generation;
    private final Translation translation;
    private final Function<Integer, CertificateTable> certificates;
    private final EncodedSlashes slashes;
    private final Objects objects;
    private final Function<Predicate<Ingress>, List<Problem>> others;

    /**
     * Explains one generation.
     *
     * @param certificates those of a port of the table
     * @param objects the routes among them
     * @param others says why Ingresses are not ours
     */
    public Explainer(
            Generation generation,
            Translation translation,
            Function<Integer, CertificateTable> certificates,
            EncodedSlashes slashes,
            Objects objects,
            Function<Predicate<Ingress>, List<Problem>> others) {
        this.objects = objects;
        this.others = others;
        this.generation = generation;
        this.translation = translation;
        this.certificates = certificates;
        this.slashes = slashes;
    }

    public Explanation explain(Question question) {
        return switch (RequestHead.parseHttp2(
                question.method(), question.target(), question.authority(), fields(question), slashes)) {
            case RequestHead.Parsed.Invalid(var error) -> own(question, error.status(), error.reason());
            case RequestHead.Parsed.OfServer _ -> own(question, 200, "the methods that are served");
            case RequestHead.Parsed.Valid(var head) ->
                noListener(question).map(reason -> own(question, 0, reason)).orElseGet(() -> explain(question, head));
        };
    }

    /** Why the Gateway that is asked cannot be. */
    private Optional<String> noListener(Question question) {
        if (question.gateway().isEmpty()) {
            return Optional.empty();
        }
        var slash = question.gateway().indexOf('/');
        var key = new ObjectKey(
                question.gateway().substring(0, slash), question.gateway().substring(slash + 1));
        var gateway = objects.find(Gateway.KIND, key);
        var ofSets = objects.all(ListenerSet.KIND)
                .filter(set -> set.parent().isOf(Gateway.KIND)
                        && set.parent().from(set.key().namespace()).equals(key))
                .flatMap(set -> set.listeners().stream());
        return Stream.concat(gateway.stream().flatMap(found -> found.listeners().stream()), ofSets)
                        .anyMatch(listener -> listener.port() == question.port())
                ? Optional.empty()
                : Optional.of("Gateway " + key
                        + (gateway.isEmpty() ? " does not exist" : " has no listener with port " + question.port()));
    }

    private static HttpHeaders fields(Question question) {
        var fields =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        question.fields().forEach(fields::add);
        return fields;
    }

    /** An answer that does not depend on any route. */
    private Explanation own(Question question, int status, String reason) {
        var at = AskedPort.of(generation, question, RequestHead.nameOf(question.authority()));
        var answer = new Answer.Own(status, reason, List.of());
        return new Explanation(
                question,
                at.name(),
                List.of(),
                Optional.empty(),
                certificate(question, at.port()),
                NOTHING,
                answer,
                List.of());
    }

    private Explanation explain(Question question, RequestHead head) {
        var at = AskedPort.of(generation, question, head.host());
        var index = generation.owning(head.host(), at.port());
        // The names of Ingresses are on both of their ports, and TLS is on one.
        var mayPass = question.isSecure() || !RoutingTable.isShared(at.port());
        var tunnel = mayPass ? index.tunnel(head.host()) : null;
        var certificate = tunnel == null || tunnel.endsTls()
                ? certificate(question, at.port())
                : Optional.of("that of the endpoint (" + tunnel.origin() + ")").filter(_ -> question.isSecure());
        return new Explanation(
                question,
                at.name(),
                at.elsewhere(),
                Optional.of(new Explanation.Head(head.host(), head.path(), head.query())),
                certificate,
                tunnel == null ? index.trace(head) : NOTHING,
                tunnel == null ? answer(question, head, at.port()) : answer(tunnel),
                problems(head.host()));
    }

    private Answer answer(Tunnel tunnel) {
        return switch (Decision.of(generation, tunnel)) {
            case Decision.Forward(var upstream, var _, var endpoints) ->
                new Answer.Forward(
                        upstream.toString(),
                        tunnel.endsTls() ? "what is in TLS passes unread" : "all bytes pass unread",
                        endpoints.stream().map(endpoint -> "tcp://" + endpoint).toList());
            case Decision.Answer(var status, var reason) -> new Answer.Own(status, reason + CLOSED, List.of());
            case Decision.Refuse(var error) -> new Answer.Own(error.status(), error.reason() + CLOSED, List.of());
        };
    }

    private Answer answer(Question question, RequestHead head, Integer port) {
        if (question.method().equals("CONNECT") || question.method().equals("TRACE")) {
            var error = Refusal.METHOD_NOT_SUPPORTED;
            return new Answer.Own(error.status(), error.reason(), List.of());
        }
        return switch (Verdict.of(generation, head, port)) {
            case Verdict.Refuse(var error) -> new Answer.Own(error.status(), error.reason(), List.of());
            case Verdict.Routed(var route) -> {
                var asked = new AskedRequest(head, question.isSecure(), generation.endpoints());
                var chain = FilterChain.of(route);
                chain.begin(asked, () -> asked.passed = true);
                if (asked.passed) {
                    proceed(asked, route.action(), chain);
                } else {
                    asked.answered(chain);
                }
                yield asked.decision().map(decision -> decide(decision, asked)).orElseGet(asked::answer);
            }
        };
    }

    private void proceed(AskedRequest asked, Route.Action action, FilterChain chain) {
        if (action instanceof Route.Action.Split split) {
            var share = Decision.drawn(generation, split, Decision.Sessions.NONE);
            asked.passed = false;
            chain.of(share).begin(asked, () -> asked.passed = true);
            if (asked.passed) {
                proceed(asked, share.action(), chain);
            }
        } else {
            asked.decided(Decision.of(generation, action), chain);
        }
    }

    private static Answer decide(Decision decision, AskedRequest asked) {
        return switch (decision) {
            case Decision.Refuse(var error) -> new Answer.Own(error.status(), error.reason(), List.of());
            case Decision.Answer(var status, var reason) -> new Answer.Own(status, reason, List.of());
            case Decision.Forward target -> {
                var protocol = target.policy().protocol().of(asked.isSecure());
                var scheme = protocol == UpstreamProtocol.HTTPS ? "https://" : "http://";
                var urls = target.endpoints().stream()
                        .map(endpoint -> scheme + endpoint + asked.head().target())
                        .toList();
                yield new Answer.Forward(
                        target.upstream().toString(), target.policy().text(), urls);
            }
        };
    }

    private Optional<String> certificate(Question question, Integer port) {
        if (!question.isSecure()) {
            return Optional.empty();
        }
        var name = RequestHead.nameOf(question.authority());
        var choice = certificates.apply(port).explain(name);
        var expires = choice.certificate().leaf().getNotAfter().toInstant();
        return Optional.of(choice.by()
                        .map(host -> "Secret %s, listed for %s; valid until %s"
                                .formatted(choice.certificate().secret(), host.text(), expires))
                        .orElse("the default certificate, since no Secret of spec.tls covers " + name)
                + demand(name, port));
    }

    private String demand(String name, Integer port) {
        var host = Hostname.normalize(name);
        var demand = generation.owning(host, port).clientDemand(host);
        if (demand == null) {
            return "";
        }
        var secrets = demand.authorities().stream()
                .map(ClientCertificate::secret)
                .sorted()
                .collect(Collectors.joining(", "));
        return "; the client " + (demand.always() ? "needs" : "may show") + " one signed by " + secrets;
    }

    private List<Problem> problems(String host) {
        var concerned = Stream.concat(
                        translation.own().stream()
                                .filter(ingress -> names(ingress, host))
                                .map(Ingress::ref),
                        GatewayRoute.kinds().stream()
                                .<GatewayRoute>flatMap(objects::all)
                                .filter(route -> names(route, host))
                                .flatMap(Explainer::withParents))
                .collect(Collectors.toSet());
        var ofOurs = translation.problems().stream()
                .filter(problem -> concerned.stream().anyMatch(problem::isAbout))
                .sorted();
        return Stream.concat(ofOurs, others.apply(ingress -> names(ingress, host)).stream())
                .toList();
    }

    /** What is wrong with a Gateway may be why its routes are not served. */
    private static Stream<ObjectRef> withParents(GatewayRoute route) {
        var parents = route.parents().stream()
                .map(HttpRoute.ParentRef::object)
                .flatMap(parent -> Stream.of(Gateway.KIND, ListenerSet.KIND)
                        .filter(parent::isOf)
                        .map(kind -> kind.ref(parent.from(route.key().namespace()))));
        return Stream.concat(Stream.of(route.ref()), parents);
    }

    private static boolean names(GatewayRoute route, String host) {
        return route.hostnames().isEmpty()
                || route.hostnames().stream()
                        .flatMap(text -> Hostname.parse(text).stream())
                        .anyMatch(name -> Hostname.ofEitherWildcard(name).covers(host));
    }

    private static boolean names(Ingress ingress, String host) {
        return ingress.rules().isEmpty()
                || IngressHosts.beside(ingress).stream().anyMatch(name -> name.covers(host))
                || ingress.rules().stream()
                        .anyMatch(rule -> Hostname.parse(rule.host())
                                .map(name -> name.covers(host))
                                .orElse(false));
    }
}
