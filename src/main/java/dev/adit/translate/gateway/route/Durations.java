package dev.adit.translate.gateway.route;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Times as the Gateway API writes them (GEP-2257): {@code 1h30m}, {@code 10s}, {@code 500ms}. */
final class Durations {
    private static final Pattern WHOLE = Pattern.compile("([0-9]{1,5}(h|m|s|ms)){1,4}");
    private static final Pattern PART = Pattern.compile("([0-9]{1,5})(h|ms|m|s)");

    private Durations() {}

    /** Empty where it is not written so. */
    static Optional<Duration> parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        var sum = Duration.ZERO;
        for (var part = PART.matcher(text); part.find(); ) {
            var number = Long.parseLong(part.group(1));
            sum = sum.plus(
                    switch (part.group(2)) {
                        case "h" -> Duration.ofHours(number);
                        case "m" -> Duration.ofMinutes(number);
                        case "s" -> Duration.ofSeconds(number);
                        default -> Duration.ofMillis(number);
                    });
        }
        return Optional.of(sum);
    }
}
