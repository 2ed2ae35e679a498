package dev.adit.translate.settings;

import dev.adit.routing.policy.Policy;
import dev.adit.routing.upstream.Balancing;
import dev.adit.routing.upstream.UpstreamPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an Ingress, or the class of it, asks for; whatever is empty was not said.
 *
 * @param redirectsToHttps whether plain requests are sent to https
 * @param passesTls whether TLS ends at the endpoints
 * @param policies at most one of each kind
 * @param clientCa the name of the Secret that the certificates of clients are judged by
 * @param backendTls the name of the Secret for TLS to endpoints
 * @param backendServerName what endpoints are called there
 */
public record Settings(
        Optional<Balancing> balancing,
        Optional<Duration> connectTimeout,
        Optional<Duration> responseTimeout,
        Optional<Boolean> redirectsToHttps,
        Optional<Boolean> passesTls,
        List<Policy> policies,
        Optional<String> clientCa,
        Optional<String> backendTls,
        Optional<String> backendServerName) {

    public static final Settings NONE = new Settings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** These, and the defaults where they say nothing. */
    Settings or(Settings defaults) {
        return new Settings(
                balancing.or(defaults::balancing),
                connectTimeout.or(defaults::connectTimeout),
                responseTimeout.or(defaults::responseTimeout),
                redirectsToHttps.or(defaults::redirectsToHttps),
                passesTls.or(defaults::passesTls),
                and(defaults.policies),
                clientCa.or(defaults::clientCa),
                backendTls.or(defaults::backendTls),
                backendServerName.or(defaults::backendServerName));
    }

    private List<Policy> and(List<Policy> others) {
        var missing = others.stream()
                .filter(other ->
                        policies.stream().noneMatch(own -> own.getClass().equals(other.getClass())));
        return Stream.concat(policies.stream(), missing).toList();
    }

    /** How endpoints are spoken to, apart from their protocol. */
    public UpstreamPolicy upstream() {
        return UpstreamPolicy.DEFAULT
                .with(balancing.orElse(UpstreamPolicy.DEFAULT.balancing()))
                .within(connectTimeout, responseTimeout);
    }
}
