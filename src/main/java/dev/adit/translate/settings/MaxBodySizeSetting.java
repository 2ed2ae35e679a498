package dev.adit.translate.settings;

import dev.adit.routing.policy.BodyLimit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code max-body-size}: the largest body of a request. */
final class MaxBodySizeSetting implements PolicySetting {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([kKMG]i?)?");
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

    @Override
    public String name() {
        return "max-body-size";
    }

    @Override
    public Optional<BodyLimit> read(String text) {
        var size = SIZE.matcher(text);
        if (!size.matches()) {
            return Optional.empty();
        }
        var unit = size.group(2) == null ? 1L : UNITS.getOrDefault(size.group(2), 1L);
        return Optional.of(new BodyLimit(Long.parseLong(size.group(1)) * unit));
    }

    @Override
    public String remedy() {
        return "use bytes, or a number with k, M, G, Ki, Mi or Gi, such as 10Mi";
    }

    @Override
    public boolean isGeneral() {
        return true;
    }
}
