package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem.Reason;
import dev.adit.routing.TransportPolicy;
import dev.adit.routing.upstream.Balancing;
import dev.adit.routing.upstream.UpstreamPolicy;
import dev.adit.routing.upstream.UpstreamProtocol;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the {@code adit.dev/} annotations of an Ingress; one that is wrong is told, and its default stays. */
final class SettingsReader {
    private static final String LOAD_BALANCE = "load-balance";
    private static final String CONNECT_TIMEOUT = "connect-timeout";
    private static final String RESPONSE_TIMEOUT = "response-timeout";
    private static final String SSL_REDIRECT = "ssl-redirect";
    private static final String SSL_PASSTHROUGH = "ssl-passthrough";
    private static final String HSTS = "hsts";
    private static final Set<String> KNOWN =
            new TreeSet<>(Set.of(LOAD_BALANCE, CONNECT_TIMEOUT, RESPONSE_TIMEOUT, SSL_REDIRECT, SSL_PASSTHROUGH, HSTS));
    private static final Pattern HSTS_VALUE =
            Pattern.compile("(?i)(max-age=)?([0-9]{1,10})((\\s*;\\s*(includeSubDomains|preload))*)");

    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5})(ms|s|m|h)");
    private static final Pattern FIELD_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final String HASH_FIELD = "hash:field:";

    private final Map<ObjectKey, UpstreamPolicy> policies = new HashMap<>();
    private final Problems problems;

    SettingsReader(Problems problems) {
        this.problems = problems;
    }

    /** How the endpoints of all the routes of an Ingress are spoken to, apart from their protocol. */
    UpstreamPolicy read(Ingress ingress) {
        return policies.computeIfAbsent(ingress.key(), _ -> policy(ingress));
    }

    private UpstreamPolicy policy(Ingress ingress) {
        for (var name : ingress.settings().keySet()) {
            if (!KNOWN.contains(name)) {
                var message = "there is no such annotation; known are " + String.join(", ", KNOWN);
                problems.add(ingress, field(name), Reason.ANNOTATION_UNKNOWN, message);
            }
        }
        var balancing = value(
                ingress,
                LOAD_BALANCE,
                SettingsReader::balancing,
                "use round-robin, least-request, ewma, hash:client-address, hash:path or hash:field:NAME");
        return new UpstreamPolicy(
                UpstreamProtocol.HTTP1,
                balancing.orElse(UpstreamPolicy.DEFAULT.balancing()),
                duration(ingress, CONNECT_TIMEOUT),
                duration(ingress, RESPONSE_TIMEOUT));
    }

    /**
     * What all the routes of an Ingress to one host ask of the connection.
     *
     * @param redirects whether requests without TLS are redirected where the Ingress does not say
     */
    TransportPolicy transport(Ingress ingress, boolean redirects) {
        var own = value(ingress, SSL_REDIRECT, SettingsReader::truth, "use \"true\" or \"false\"");
        var hsts = value(ingress, HSTS, SettingsReader::hsts, "use seconds, such as \"31536000; includeSubDomains\"");
        // The answer to a challenge is fetched without TLS, before there is a certificate.
        return new TransportPolicy(!ingress.isAcmeSolver() && own.orElse(redirects), hsts);
    }

    /** Whether TLS for the hosts of an Ingress ends at its endpoints. */
    boolean passesTls(Ingress ingress) {
        return value(ingress, SSL_PASSTHROUGH, SettingsReader::truth, "use \"true\" or \"false\"")
                .orElse(false);
    }

    private Optional<Duration> duration(Ingress ingress, String name) {
        return value(ingress, name, SettingsReader::duration, "use a number with a unit, such as 500ms, 30s or 5m");
    }

    private <T> Optional<T> value(Ingress ingress, String name, Function<String, Optional<T>> parser, String remedy) {
        var text = ingress.settings().get(name);
        if (text == null) {
            return Optional.empty();
        }
        var value = parser.apply(text.strip());
        if (value.isEmpty()) {
            problems.add(ingress, field(name), Reason.ANNOTATION_INVALID, "'" + text + "' is not valid; " + remedy);
        }
        return value;
    }

    private static String field(String name) {
        return "metadata.annotations[" + Ingress.SETTINGS_PREFIX + name + "]";
    }

    private static Optional<Balancing> balancing(String text) {
        return switch (text) {
            case "round-robin" -> Optional.of(new Balancing.RoundRobin());
            case "least-request" -> Optional.of(new Balancing.LeastRequest());
            case "ewma" -> Optional.of(new Balancing.PeakEwma());
            case "hash:client-address" -> Optional.of(new Balancing.Hash(new Balancing.Key.ClientAddress()));
            case "hash:path" -> Optional.of(new Balancing.Hash(new Balancing.Key.Path()));
            default ->
                Optional.of(text)
                        .filter(t -> t.startsWith(HASH_FIELD))
                        .map(t -> t.substring(HASH_FIELD.length()))
                        .filter(name -> FIELD_NAME.matcher(name).matches())
                        .map(name -> new Balancing.Hash(new Balancing.Key.Field(name)));
        };
    }

    private static Optional<Boolean> truth(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<String> hsts(String text) {
        var matcher = HSTS_VALUE.matcher(text);
        return matcher.matches() ? Optional.of("max-age=" + matcher.group(2) + matcher.group(3)) : Optional.empty();
    }

    private static Optional<Duration> duration(String text) {
        var matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var number = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    default -> Duration.ofHours(number);
                });
    }
}
