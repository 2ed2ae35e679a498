package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem.Reason;
import dev.adit.routing.Hostname;
import dev.adit.routing.PathMatch;
import dev.adit.routing.policy.ClientCertificate;
import dev.adit.routing.policy.ErrorPages;
import dev.adit.routing.policy.HttpsRedirect;
import dev.adit.routing.policy.Policy;
import dev.adit.translate.IngressHosts;
import dev.adit.translate.Problems;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.annotation.AnnotationReader;
import dev.adit.translate.annotation.nginx.AuthTls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The policies of the routes of an Ingress, by all that it and other objects say. */
final class IngressPolicies {
    private final TranslationOptions options;
    private final AnnotationReader annotations;
    private final Admissions admissions;
    private final NginxHosts nginx;
    private final MirrorResolver mirrors;
    private final FieldMapResolver fields;
    private final Problems problems;
    private final Map<ObjectKey, Set<Hostname>> tlsHosts = new HashMap<>();

    IngressPolicies(
            TranslationOptions options,
            AnnotationReader annotations,
            Admissions admissions,
            NginxHosts nginx,
            MirrorResolver mirrors,
            FieldMapResolver fields,
            Problems problems) {
        this.options = options;
        this.annotations = annotations;
        this.admissions = admissions;
        this.nginx = nginx;
        this.mirrors = mirrors;
        this.fields = fields;
        this.problems = problems;
    }

    /** Those of all paths of an Ingress on a host. */
    List<Policy> of(Ingress ingress, Hostname host) {
        var hasCertificate =
                tlsHosts.computeIfAbsent(ingress.key(), _ -> tlsHosts(ingress)).contains(host);
        return of(ingress, host, hasCertificate, nginx.lists(ingress, host));
    }

    /** Those of its default backend, which is for every host. */
    List<Policy> ofDefaultBackend(Ingress ingress, Hostname host) {
        return of(ingress, host, false, false);
    }

    private List<Policy> of(Ingress ingress, Hostname host, boolean hasCertificate, boolean isListed) {
        var authorities = admissions.authorities(ingress, host);
        var isStrict = authorities.filter(asked -> asked.manner().isStrict()).isPresent();
        var policies = new ArrayList<Policy>();
        if (admissions.closed(ingress, host).isPresent()) {
            // Nothing is done for a request that is not served: no redirect, and no copy of it. But handshakes go on as
            // they did.
            if (isStrict) {
                policies.add(new HttpsRedirect());
            }
            authorities.ifPresent(policies::add);
            return policies;
        }
        var draft = annotations.draft(ingress);
        var redirects = switch (draft.https()) {
            case AS_STARTED -> options.redirectsToHttps() && hasCertificate;
            case WHERE_LISTED -> isListed;
            case ALWAYS -> true;
            case NEVER -> false;
        };
        // Without TLS there is no certificate of a client to look at.
        if (redirects || isStrict) {
            policies.add(draft.httpsRedirect());
        } else if (authorities.filter(ClientCertificate::asksInHandshake).isPresent()) {
            openWithoutTls(ingress, host);
        }
        authorities.ifPresent(policies::add);
        policies.addAll(fields.complete(ingress, draft.policies()));
        admissions.users(ingress).ifPresent(policies::add);
        mirrors.of(ingress).ifPresent(policies::add);
        return policies;
    }

    /** With pages for errors; a closed Ingress says nothing more than that it is closed. */
    List<Policy> with(Optional<ErrorPages> found, Ingress ingress, Hostname host, List<Policy> policies) {
        return found.isEmpty() || admissions.closed(ingress, host).isPresent()
                ? policies
                : Stream.concat(policies.stream(), found.stream()).toList();
    }

    /** As in ingress-nginx, which asks for certificates in handshakes alone. */
    private void openWithoutTls(Ingress ingress, Hostname host) {
        if (!annotations.of(ingress).has(AuthTls.SECRET)) {
            return;
        }
        var message = "requests without TLS to host " + host.text()
                + " are served to clients without a certificate, as by ingress-nginx. Set force-ssl-redirect to \"true\", or list"
                + " the host in spec.tls";
        problems.add(ingress, annotations.field(ingress, AuthTls.SECRET), Reason.ANNOTATION_UNUSED, message);
    }

    private static Set<Hostname> tlsHosts(Ingress ingress) {
        return IngressHosts.ofTls(ingress).collect(Collectors.toSet());
    }

    /** The answer to a challenge is fetched without TLS, before there is a certificate (RFC 8555 §8.3). */
    List<Policy> ofPath(Ingress ingress, PathMatch path, String pathType, List<Policy> ofIngress) {
        if (nginx.isNginx(ingress)) {
            return nginx.policies(ingress, path, pathType, ofIngress);
        }
        return ingress.isAcmeSolver()
                        && AcmeChallenge.isToken(path)
                        && ofIngress.stream().noneMatch(ClientCertificate.class::isInstance)
                ? ofIngress.stream()
                        .filter(policy -> !(policy instanceof HttpsRedirect))
                        .toList()
                : ofIngress;
    }
}
