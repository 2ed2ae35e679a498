package dev.adit.translate.annotation.nginx;

import dev.adit.routing.policy.BodyLimit;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The largest body of a request. */
final class Bodies implements AnnotationFamily {
    static final AnnotationKey<Long> PROXY_BODY_SIZE = AnnotationKey.of(
            "proxy-body-size",
            Scope.INGRESS,
            OnError.DEFAULT,
            "use bytes, or a number with k, m or g, such as 8m; 0 for any size",
            "`8m`, `0` for any size: a larger body is answered 413",
            "1m",
            Bodies::size);
    private static final long MEBIBYTE = 1 << 20;
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([kKmMgG]?)");

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(PROXY_BODY_SIZE);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {
        var most = of.get(PROXY_BODY_SIZE).orElse(MEBIBYTE);
        if (most > 0) {
            into.add(new BodyLimit(most));
        }
    }

    /** In bytes, as nginx reads it. */
    private static Optional<Long> size(String text) {
        var size = SIZE.matcher(text);
        if (!size.matches()) {
            return Optional.empty();
        }
        var unit = switch (size.group(2)) {
            case "k", "K" -> 1L << 10;
            case "m", "M" -> MEBIBYTE;
            case "g", "G" -> 1L << 30;
            default -> 1L;
        };
        return Optional.of(Long.parseLong(size.group(1)) * unit);
    }
}
