package dev.adit.translate.annotation.adit;

import dev.adit.routing.policy.BodyLimit;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The largest body of a request. */
final class BodySize implements AnnotationFamily {
    private static final AnnotationKey<BodyLimit> MAX_BODY_SIZE = AnnotationKey.of(
            "max-body-size",
            Scope.CLASS,
            "use bytes, or a number with k, M, G, Ki, Mi or Gi, such as 10Mi",
            "`10Mi`, `500k`, or bytes: a larger body is answered 413",
            "bodies of any size",
            BodySize::limit);
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
    public List<AnnotationKey<?>> keys() {
        return List.of(MAX_BODY_SIZE);
    }

    private static Optional<BodyLimit> limit(String text) {
        var size = SIZE.matcher(text);
        if (!size.matches()) {
            return Optional.empty();
        }
        var unit = size.group(2) == null ? 1L : UNITS.getOrDefault(size.group(2), 1L);
        return Optional.of(new BodyLimit(Long.parseLong(size.group(1)) * unit));
    }
}
