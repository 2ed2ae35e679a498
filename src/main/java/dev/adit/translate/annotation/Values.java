package dev.adit.translate.annotation;

import dev.adit.kube.Bounds;
import dev.adit.routing.Hostname;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Values that more than one annotation has. */
public final class Values {
    public static final String TRUTH = "use \"true\" or \"false\"";
    public static final String TIME = "use a number with a unit, such as 500ms, 30s or 5m, up to 24h";

    public static final String SIZE = "use bytes, or a number with k, M, G, Ki, Mi or Gi, such as 10Mi";

    // Timers count milliseconds in 32 bits: beyond 24 days a timeout would be negative.
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5})(ms|s|m|h)");

    private static final Pattern BYTES = Pattern.compile("([0-9]{1,9})([kKMG]i?)?");
    private static final Map<String, Long> UNITS = Map.of(
            "k",
            1_000L,
            "K",
            1_000L,
            "M",
            1_000_000L,
            "G",
            1_000_000_000L,
            "ki",
            1L << 10,
            "Ki",
            1L << 10,
            "Mi",
            1L << 20,
            "Gi",
            1L << 30);

    private Values() {}

    public static Optional<Boolean> truth(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    public static Optional<Duration> time(String text) {
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
        return duration.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(duration);
    }

    /** In bytes. */
    public static Optional<Long> size(String text) {
        var matcher = BYTES.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var unit = matcher.group(2) == null ? Optional.of(1L) : Optional.ofNullable(UNITS.get(matcher.group(2)));
        return unit.map(bytes -> Long.parseLong(matcher.group(1)) * bytes);
    }

    /** The name of one host, and no wildcard. */
    public static Optional<String> host(String text) {
        return Hostname.parse(text).filter(Hostname.Exact.class::isInstance).map(Hostname::text);
    }

    /** Namespace and name of an object, or whatever else is written, which is that of no object. */
    public static String qualifiedName(String text) {
        var most = 2 * Bounds.NAME + 1;
        return text.length() > most ? text.substring(0, most + 1) : text;
    }

    /** The name of an object. One that is too long stays too long, and is that of no object either. */
    public static String objectName(String text) {
        return text.length() > Bounds.NAME ? text.substring(0, Bounds.NAME + 1) : text;
    }
}
