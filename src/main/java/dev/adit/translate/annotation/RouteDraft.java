package dev.adit.translate.annotation;

import dev.adit.routing.policy.Policy;
import dev.adit.routing.upstream.UpstreamPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What the annotations of one Ingress make of all its routes. */
public final class RouteDraft {
    private final List<Policy> policies = new ArrayList<>();
    private UpstreamPolicy upstream = UpstreamPolicy.DEFAULT;

    /** At most one of each kind. */
    public void add(Policy policy) {
        policies.add(policy);
    }

    public void upstream(UnaryOperator<UpstreamPolicy> change) {
        upstream = change.apply(upstream);
    }

    public List<Policy> policies() {
        return List.copyOf(policies);
    }

    /** How endpoints are spoken to, apart from their protocol. */
    public UpstreamPolicy upstream() {
        return upstream;
    }
}
