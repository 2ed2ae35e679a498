package dev.adit.translate.annotation;

import dev.adit.routing.policy.HttpsRedirect;
import dev.adit.routing.policy.Policy;
import dev.adit.routing.upstream.UpstreamPolicy;
import dev.adit.routing.upstream.UpstreamProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What the annotations of one Ingress make of all its routes. */
public final class RouteDraft {
    private final List<Policy> policies = new ArrayList<>();
    private UpstreamPolicy upstream = UpstreamPolicy.DEFAULT;
    private Optional<UpstreamProtocol> protocol = Optional.empty();
    private boolean toService;
    private Https https = Https.AS_STARTED;
    private HttpsRedirect redirect = new HttpsRedirect();

    /** Where requests without TLS are sent to https. */
    public enum Https {
        /** As {@code --ssl-redirect} says. */
        AS_STARTED,
        ALWAYS,
        NEVER,
        /** For the hosts of {@code spec.tls}, whichever Ingress of the dialect lists them. */
        WHERE_LISTED
    }

    /** At most one of each kind. */
    public void add(Policy policy) {
        policies.add(policy);
    }

    public void upstream(UnaryOperator<UpstreamPolicy> change) {
        upstream = change.apply(upstream);
    }

    /** Endpoints speak this, whatever the Service says. */
    public void protocol(UpstreamProtocol spoken) {
        protocol = Optional.of(spoken);
    }

    /** Requests go to the address of the Service, where it has one, and not to its endpoints. */
    public void toService() {
        toService = true;
    }

    /**
     * Where requests without TLS are sent to https.
     *
     * @param how for those that are
     */
    public void https(Https where, HttpsRedirect how) {
        https = where;
        redirect = how;
    }

    public List<Policy> policies() {
        return List.copyOf(policies);
    }

    /** How endpoints are spoken to, apart from their protocol. */
    public UpstreamPolicy upstream() {
        return upstream;
    }

    public Optional<UpstreamProtocol> protocol() {
        return protocol;
    }

    public boolean isToService() {
        return toService;
    }

    public Https https() {
        return https;
    }

    public HttpsRedirect httpsRedirect() {
        return redirect;
    }
}
