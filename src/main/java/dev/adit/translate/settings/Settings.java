package dev.adit.translate.settings;

import dev.adit.routing.policy.FieldValue;
import dev.adit.routing.upstream.Balancing;
import dev.adit.routing.upstream.UpstreamPolicy;
import dev.adit.routing.upstream.UpstreamProtocol;
import java.time.Duration;
import java.util.Optional;

/**
 * What an Ingress, or the class of it, asks for; whatever is empty was not said.
 *
 * @param redirectsToHttps whether plain requests are sent to https
 * @param passesTls whether TLS ends at the endpoints
 * @param hsts the value of Strict-Transport-Security
 * @param clientCa the name of the Secret that the certificates of clients are judged by
 */
public record Settings(
        Optional<Balancing> balancing,
        Optional<Duration> connectTimeout,
        Optional<Duration> responseTimeout,
        Optional<Boolean> redirectsToHttps,
        Optional<Boolean> passesTls,
        Optional<FieldValue> hsts,
        Optional<String> clientCa) {

    public static final Settings NONE = new Settings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
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
                hsts.or(defaults::hsts),
                clientCa.or(defaults::clientCa));
    }

    /** How endpoints are spoken to, apart from their protocol. */
    public UpstreamPolicy upstream() {
        return new UpstreamPolicy(
                UpstreamProtocol.HTTP1,
                balancing.orElse(UpstreamPolicy.DEFAULT.balancing()),
                connectTimeout,
                responseTimeout);
    }
}
