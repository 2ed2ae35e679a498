package dev.adit.explain;

import dev.adit.explain.Explanation.Answer;
import dev.adit.filter.FilterChain;
import dev.adit.http.Decision;
import dev.adit.http.EncodedSlashes;
import dev.adit.http.Refusal;
import dev.adit.http.RequestHead;
import dev.adit.http.Verdict;
import dev.adit.kube.Ingress;
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
    private final CertificateTable certificates;
    private final EncodedSlashes slashes;
    private final Function<Predicate<Ingress>, List<Problem>> others;

    /**
     * Explains one generation.
     *
     * @param others says why Ingresses are not ours
     */
    public Explainer(
            Generation generation,
            Translation translation,
            CertificateTable certificates,
            EncodedSlashes slashes,
            Function<Predicate<Ingress>, List<Problem>> others) {
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
            case RequestHead.Parsed.Valid(var head) -> explain(question, head);
        };
    }

    private static HttpHeaders fields(Question question) {
        var fields =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        question.fields().forEach(fields::add);
        return fields;
    }

    /** An answer that does not depend on any route. */
    private Explanation own(Question question, int status, String reason) {
        var answer = new Answer.Own(status, reason, List.of());
        return new Explanation(question, Optional.empty(), certificate(question), NOTHING, answer, List.of());
    }

    private Explanation explain(Question question, RequestHead head) {
        // The names of Ingresses are on both of their ports, and TLS is on one.
        var mayPass = question.isSecure() || !RoutingTable.isShared(port(question));
        var tunnel = mayPass ? generation.owning(head.host(), port(question)).tunnel(head.host()) : null;
        if (tunnel != null) {
            var certificate = tunnel.endsTls()
                    ? certificate(question)
                    : Optional.of("that of the endpoint (" + tunnel.origin() + ")")
                            .filter(_ -> question.isSecure());
            return new Explanation(
                    question,
                    Optional.of(new Explanation.Head(head.host(), head.path(), head.query())),
                    certificate,
                    NOTHING,
                    answer(tunnel),
                    problems(head.host()));
        }
        return new Explanation(
                question,
                Optional.of(new Explanation.Head(head.host(), head.path(), head.query())),
                certificate(question),
                generation.owning(head.host(), port(question)).trace(head),
                answer(question, head),
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

    private Answer answer(Question question, RequestHead head) {
        if (question.method().equals("CONNECT") || question.method().equals("TRACE")) {
            var error = Refusal.METHOD_NOT_SUPPORTED;
            return new Answer.Own(error.status(), error.reason(), List.of());
        }
        return switch (Verdict.of(generation, head, port(question))) {
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

    /** The one of Ingresses: which Gateway is asked about is not said. */
    private static Integer port(Question question) {
        return RoutingTable.port(question.isSecure());
    }

    private Optional<String> certificate(Question question) {
        if (!question.isSecure()) {
            return Optional.empty();
        }
        var name = RequestHead.nameOf(question.authority());
        var choice = certificates.explain(name);
        var expires = choice.certificate().leaf().getNotAfter().toInstant();
        return Optional.of(choice.by()
                        .map(host -> "Secret %s, listed for %s; valid until %s"
                                .formatted(choice.certificate().secret(), host.text(), expires))
                        .orElse("the default certificate, since no Secret of spec.tls covers " + name)
                + demand(name));
    }

    private String demand(String name) {
        var host = Hostname.normalize(name);
        var demand = generation.owning(host, RoutingTable.port(true)).clientDemand(host);
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
        var concerned = translation.own().stream()
                .filter(ingress -> names(ingress, host))
                .map(Ingress::key)
                .collect(Collectors.toSet());
        var ofOurs = translation.problems().stream()
                .filter(problem -> problem.kind().equals("Ingress") && concerned.contains(problem.object()))
                .sorted();
        return Stream.concat(ofOurs, others.apply(ingress -> names(ingress, host)).stream())
                .toList();
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
