package dev.adit.translate.settings;

import dev.adit.kube.Problem.Reason;
import dev.adit.routing.FieldValue;
import dev.adit.routing.upstream.Balancing;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads settings as they are written; one that is wrong is told, and its default stays. */
final class SettingsParser {
    static final String LOAD_BALANCE = "load-balance";
    static final String CONNECT_TIMEOUT = "connect-timeout";
    static final String RESPONSE_TIMEOUT = "response-timeout";
    static final String SSL_REDIRECT = "ssl-redirect";
    static final String SSL_PASSTHROUGH = "ssl-passthrough";
    static final String HSTS = "hsts";
    static final String CLIENT_CA = "client-ca";
    private static final Set<String> KNOWN = new TreeSet<>(
            Set.of(LOAD_BALANCE, CONNECT_TIMEOUT, RESPONSE_TIMEOUT, SSL_REDIRECT, SSL_PASSTHROUGH, HSTS, CLIENT_CA));
    private static final Pattern HSTS_VALUE =
            Pattern.compile("(?i)(max-age=)?([0-9]{1,10})((\\s*;\\s*(includeSubDomains|preload))*)");
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5})(ms|s|m|h)");
    private static final Pattern FIELD_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final String HASH_FIELD = "hash:field:";
    private static final String TRUTH = "use \"true\" or \"false\"";

    private final Map<String, String> settings;
    private final Sink problems;

    /** Takes what is wrong with one setting. */
    @FunctionalInterface
    interface Sink {
        void add(String name, Reason reason, String message);
    }

    private SettingsParser(Map<String, String> settings, Sink problems) {
        this.settings = settings;
        this.problems = problems;
    }

    /**
     * Reads all of them.
     *
     * @param settings by name, without prefix
     */
    static Settings parse(Map<String, String> settings, Sink problems) {
        return settings.isEmpty() ? Settings.NONE : new SettingsParser(settings, problems).parse();
    }

    private Settings parse() {
        for (var name : settings.keySet()) {
            if (!KNOWN.contains(name)) {
                var message = "there is no such setting; known are " + String.join(", ", KNOWN);
                problems.add(name, Reason.ANNOTATION_UNKNOWN, message);
            }
        }
        return new Settings(
                value(
                        LOAD_BALANCE,
                        SettingsParser::balancing,
                        "use round-robin, least-request, ewma, hash:client-address, hash:path or hash:field:NAME"),
                time(CONNECT_TIMEOUT),
                time(RESPONSE_TIMEOUT),
                value(SSL_REDIRECT, SettingsParser::truth, TRUTH),
                value(SSL_PASSTHROUGH, SettingsParser::truth, TRUTH),
                value(HSTS, SettingsParser::hsts, "use seconds, such as \"31536000; includeSubDomains\""),
                // Whatever it says, it means that not everybody may come: a name that is wrong is of no Secret.
                Optional.ofNullable(settings.get(CLIENT_CA)).map(String::strip));
    }

    private Optional<Duration> time(String name) {
        return value(name, SettingsParser::duration, "use a number with a unit, such as 500ms, 30s or 5m");
    }

    private <T> Optional<T> value(String name, Function<String, Optional<T>> parser, String remedy) {
        var text = settings.get(name);
        if (text == null) {
            return Optional.empty();
        }
        var value = parser.apply(text.strip());
        if (value.isEmpty()) {
            problems.add(name, Reason.ANNOTATION_INVALID, "'" + text + "' is not valid; " + remedy);
        }
        return value;
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

    private static Optional<FieldValue> hsts(String text) {
        var matcher = HSTS_VALUE.matcher(text);
        return matcher.matches() ? FieldValue.of("max-age=" + matcher.group(2) + matcher.group(3)) : Optional.empty();
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
