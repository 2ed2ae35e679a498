package dev.adit.nativeimage;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads {@code /proc/self/smaps}. */
final class Mappings {
    private static final Pattern HEAD = Pattern.compile("^([0-9a-f]+)-([0-9a-f]+) (\\S{4}) \\S+ \\S+ \\d+ *(.*)$");
    private static final Pattern FIELD = Pattern.compile("^(\\w+): +(\\d+) kB$");
    private static final long KIBIBYTE = 1024;

    private Mappings() {}

    static List<Mapping> parse(String smaps) {
        var mappings = new ArrayList<Mapping>();
        for (var line : smaps.lines().toList()) {
            var head = HEAD.matcher(line);
            if (head.matches()) {
                mappings.add(mapping(head.toMatchResult()));
            } else if (!mappings.isEmpty()) {
                mappings.set(mappings.size() - 1, with(mappings.getLast(), line));
            }
        }
        return mappings;
    }

    private static Mapping mapping(MatchResult head) {
        return new Mapping(
                Long.parseUnsignedLong(head.group(1), 16),
                Long.parseUnsignedLong(head.group(2), 16),
                head.group(3),
                head.group(4),
                0,
                0);
    }

    private static Mapping with(Mapping mapping, String line) {
        var field = FIELD.matcher(line);
        if (!field.matches()) {
            return mapping;
        }
        var bytes = Long.parseLong(field.group(2)) * KIBIBYTE;
        return switch (field.group(1)) {
            case "Rss" -> copy(mapping, bytes, mapping.writtenBytes());
            // Not what is dirty: a page of the file itself that has not reached the disk yet stays in the page cache.
            case "Anonymous", "Swap" -> copy(mapping, mapping.residentBytes(), mapping.writtenBytes() + bytes);
            default -> mapping;
        };
    }

    private static Mapping copy(Mapping mapping, long resident, long written) {
        return new Mapping(mapping.start(), mapping.end(), mapping.permissions(), mapping.file(), resident, written);
    }
}
