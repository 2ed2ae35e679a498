package dev.adit.translate.settings;

import dev.adit.kube.Bounds;
import dev.adit.kube.Problem.Reason;
import dev.adit.routing.Hostname;
import dev.adit.routing.policy.Policy;
import dev.adit.routing.upstream.Balancing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads settings as they are written; one that is wrong is told, and its default stays. */
final class SettingsParser {
    static final String LOAD_BALANCE = "load-balance";
    static final String CONNECT_TIMEOUT = "connect-timeout";
    static final String RESPONSE_TIMEOUT = "response-timeout";
    static final String SSL_REDIRECT = "ssl-redirect";
    static final String SSL_PASSTHROUGH = "ssl-passthrough";
    static final String CLIENT_CA = "client-ca";
    static final String BACKEND_TLS = "backend-tls";
    static final String BACKEND_SERVER_NAME = "backend-server-name";
    static final String MIRROR = "mirror";
    private static final Set<String> KNOWN = Stream.concat(
                    Stream.of(
                            LOAD_BALANCE,
                            CONNECT_TIMEOUT,
                            RESPONSE_TIMEOUT,
                            SSL_REDIRECT,
                            SSL_PASSTHROUGH,
                            CLIENT_CA,
                            BACKEND_TLS,
                            BACKEND_SERVER_NAME,
                            MIRROR),
                    PolicySettings.ALL.stream().map(PolicySetting::name))
            .collect(Collectors.toCollection(TreeSet::new));
    private static final Duration LONGEST = Duration.ofHours(24);
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
                policies(),
                // Whatever it says, it means that not everybody may come: a name that is wrong is of no Secret.
                Optional.ofNullable(settings.get(CLIENT_CA)).map(SettingsParser::name),
                Optional.ofNullable(settings.get(BACKEND_TLS)).map(SettingsParser::name),
                value(BACKEND_SERVER_NAME, SettingsParser::serverName, "use a host name, such as app.internal"));
    }

    private List<Policy> policies() {
        return PolicySettings.ALL.stream()
                .flatMap(setting ->
                        value(setting.name(), text -> setting.read(text).map(Policy.class::cast), setting.remedy())
                                .stream())
                .toList();
    }

    /** One that is too long for a name stays too long, and is of no Secret either. */
    private static String name(String text) {
        var name = text.strip();
        return name.length() > Bounds.NAME ? name.substring(0, Bounds.NAME + 1) : name;
    }

    private Optional<Duration> time(String name) {
        return value(name, SettingsParser::duration, "use a number with a unit, such as 500ms, 30s or 5m, up to 24h");
    }

    private <T> Optional<T> value(String name, Function<String, Optional<T>> parser, String remedy) {
        var text = settings.get(name);
        if (text == null) {
            return Optional.empty();
        }
        if (text.length() > Bounds.SETTING) {
            var message = "is " + text.length() + " characters long, and read up to " + Bounds.SETTING + "; " + remedy;
            problems.add(name, Reason.ANNOTATION_INVALID, message);
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

    private static Optional<String> serverName(String text) {
        return Hostname.parse(text).filter(Hostname.Exact.class::isInstance).map(Hostname::text);
    }

    private static Optional<Boolean> truth(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<Duration> duration(String text) {
        var matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var number = Long.parseLong(matcher.group(1));
        var duration = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
        // Timers count milliseconds in 32 bits: beyond 24 days a timeout would be negative.
        return duration.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(duration);
    }
}
