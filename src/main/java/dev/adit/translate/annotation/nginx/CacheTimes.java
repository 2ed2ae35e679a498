package dev.adit.translate.annotation.nginx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** For how long answers are kept, as {@code proxy_cache_valid} of nginx says it. */
final class CacheTimes {
    private static final int FIVE_MINUTES = 300;
    /** Of ingress-nginx: in seconds, by status. */
    static final Map<Integer, Integer> DEFAULT = Map.of(200, FIVE_MINUTES, 202, FIVE_MINUTES, 401, FIVE_MINUTES);

    // Of nginx, where only a time is said.
    private static final Set<Integer> PLAIN = Set.of(200, 301, 302);
    private static final Pattern STATUS = Pattern.compile("[0-9]{3}");
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|[smhdwMy])");
    private static final int MOST = 64;
    private static final long LONGEST_SECONDS = 31_536_000;

    private CacheTimes() {}

    /** In seconds, by status. */
    static Optional<Map<Integer, Integer>> parse(String text) {
        var times = new HashMap<Integer, Integer>();
        for (var part : text.split(",", MOST)) {
            if (!part.isBlank() && !add(List.of(part.strip().split(" +", MOST)), times)) {
                return Optional.empty();
            }
        }
        return Optional.of(times.isEmpty() ? DEFAULT : times);
    }

    private static boolean add(List<String> words, Map<Integer, Integer> times) {
        var statuses = new HashSet<Integer>();
        var time = OptionalInt.empty();
        for (var word : words) {
            if (time.isPresent()) {
                return false;
            }
            if (STATUS.matcher(word).matches()) {
                statuses.add(Integer.valueOf(word));
            } else {
                time = seconds(word);
                if (time.isEmpty()) {
                    return false;
                }
            }
        }
        for (var status : statuses.isEmpty() ? PLAIN : statuses) {
            times.putIfAbsent(status, time.orElse(0));
        }
        return time.isPresent();
    }

    private static OptionalInt seconds(String text) {
        var time = TIME.matcher(text);
        if (!time.matches()) {
            return OptionalInt.empty();
        }
        var number = Long.parseLong(time.group(1));
        var seconds = switch (time.group(2)) {
            case "ms" -> number / 1_000;
            case "s" -> number;
            case "m" -> number * 60;
            case "h" -> number * 3_600;
            case "d" -> number * 86_400;
            case "w" -> number * 604_800;
            case "M" -> number * 2_592_000;
            default -> number * LONGEST_SECONDS;
        };
        return OptionalInt.of((int) Math.min(seconds, LONGEST_SECONDS));
    }
}
