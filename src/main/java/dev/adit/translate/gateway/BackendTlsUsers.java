package dev.adit.translate.gateway;

import dev.adit.kube.BackendTlsPolicy;
import dev.adit.kube.Condition;
import dev.adit.kube.ForeignReference;
import dev.adit.kube.Gateway;
import dev.adit.kube.HttpRoute.ParentRef;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem;
import dev.adit.kube.Problem.Reason;
import dev.adit.kube.Status;
import dev.adit.translate.gateway.route.BackendTls;
import dev.adit.translate.gateway.route.BackendTls.Judged;
import dev.adit.translate.gateway.route.Verdict;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Which Gateways go by which BackendTLSPolicies: those whose routes refer to the Services that a policy is for. */
final class BackendTlsUsers {
    private final BackendTls policies;
    private final Map<ObjectKey, Set<ObjectKey>> gatewaysOf = new HashMap<>();

    BackendTlsUsers(BackendTls policies) {
        this.policies = policies;
    }

    /** A route with these Services is attached to a Gateway. */
    void note(Gateway gateway, Collection<ObjectKey> services) {
        services.forEach(service ->
                gatewaysOf.computeIfAbsent(service, _ -> new LinkedHashSet<>()).add(gateway.key()));
    }

    private List<ObjectKey> gateways(BackendTlsPolicy policy) {
        return BackendTls.services(policy).stream()
                .flatMap(service -> gatewaysOf.getOrDefault(service, Set.of()).stream())
                .distinct()
                .sorted()
                .toList();
    }

    private Stream<BackendTlsPolicy> used() {
        return policies.all().stream().filter(policy -> !gateways(policy).isEmpty());
    }

    /** What is said of those that a Gateway goes by. */
    Stream<Status> statuses() {
        return used().map(this::status);
    }

    private Status status(BackendTlsPolicy policy) {
        var judged = policies.of(policy);
        var conditions =
                List.of(judged.accepted().as("Accepted"), judged.references().as("ResolvedRefs"));
        return new Status.OfPolicy(
                policy.ref(),
                policy.uid(),
                policy.generation(),
                gateways(policy).stream()
                        .map(gateway -> ancestor(gateway, conditions))
                        .toList());
    }

    private static Status.OfParent ancestor(ObjectKey gateway, List<Condition> conditions) {
        var reference =
                new ForeignReference(Gateway.KIND.group(), Gateway.KIND.name(), gateway.namespace(), gateway.name());
        return new Status.OfParent(new ParentRef(reference, "", OptionalInt.empty()), conditions);
    }

    /** What is wrong with these. */
    Stream<Problem> problems() {
        return used().map(policies::of).filter(judged -> !judged.isPending()).flatMap(BackendTlsUsers::problems);
    }

    private static Stream<Problem> problems(Judged judged) {
        var isConflict = judged.accepted().reason().equals("Conflicted");
        return Stream.concat(
                Stream.of(
                                problem(
                                        judged,
                                        "spec",
                                        isConflict ? Reason.PATH_CONFLICT : Reason.RULE_NOT_SERVED,
                                        judged.accepted()),
                                problem(
                                        judged,
                                        "spec.validation.caCertificateRefs",
                                        Reason.REFERENCE_UNRESOLVED,
                                        judged.references()))
                        .flatMap(problem -> problem),
                judged.policy().unread().stream()
                        .flatMap(field -> problem(
                                judged,
                                "spec." + field,
                                Reason.FIELD_IGNORED,
                                Verdict.no("Ignored", "has no effect; remove it"))));
    }

    private static Stream<Problem> problem(Judged judged, String field, Reason reason, Verdict verdict) {
        return verdict.holds()
                ? Stream.empty()
                : Stream.of(Problem.of(judged.policy(), field, reason, verdict.message()));
    }
}
