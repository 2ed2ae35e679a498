package dev.adit.translate.gateway;

import dev.adit.kube.Gateway;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem;
import dev.adit.kube.Problem.Reason;
import dev.adit.routing.Route.Action;
import dev.adit.routing.upstream.EndpointTls.Identity;
import dev.adit.translate.gateway.route.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What Gateways show to endpoints that ask for a certificate. */
final class GatewayIdentities {
    private final Map<ObjectKey, ListenerCertificates.Found> found = new LinkedHashMap<>();
    private final List<Gateway> gateways;

    GatewayIdentities(ListenerCertificates certificates, List<Gateway> gateways) {
        this.gateways = gateways;
        for (var gateway : gateways) {
            certificates.ofClient(gateway).ifPresent(one -> found.put(gateway.key(), one));
        }
    }

    /** Whether that of a Gateway is there; empty where it names none. */
    Optional<Verdict> verdict(Gateway gateway) {
        return Optional.ofNullable(found.get(gateway.key())).map(ListenerCertificates.Found::verdict);
    }

    /** An action as it is taken for a Gateway. */
    Action shown(Gateway gateway, Action action) {
        return Optional.ofNullable(found.get(gateway.key()))
                .flatMap(ListenerCertificates.Found::pair)
                .map(pair -> new Identity(pair.key(), pair.chain()))
                .map(identity -> action.each(single -> shown(identity, single)))
                .orElse(action);
    }

    private static Action shown(Identity identity, Action single) {
        return single instanceof Action.Forward(var upstream, var policy)
                        && policy.protocol().maySecure()
                ? new Action.Forward(upstream, policy.with(policy.tls().showing(identity)))
                : single;
    }

    Stream<Problem> problems() {
        return gateways.stream()
                .flatMap(gateway -> verdict(gateway).stream()
                        .filter(verdict -> !verdict.holds())
                        .map(verdict -> Problem.of(
                                gateway,
                                "spec.tls.backend.clientCertificateRef",
                                Reason.REFERENCE_UNRESOLVED,
                                verdict.message())));
    }
}
