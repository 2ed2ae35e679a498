package dev.adit.translate;

import dev.adit.kube.ObjectKey;
import java.util.Optional;

/** A Service given on the command line as {@code namespace/name} or {@code namespace/name:port}. */
public record DefaultBackend(ObjectKey service, Optional<Integer> port) {

    public static DefaultBackend parse(String text) {
        var colon = text.indexOf(':');
        if (colon < 0) {
            return new DefaultBackend(ObjectKey.parse(text), Optional.empty());
        }
        var port = text.substring(colon + 1);
        if (!port.matches("[1-9][0-9]{0,4}")) {
            throw new IllegalArgumentException("'" + port + "' is not a port number");
        }
        return new DefaultBackend(ObjectKey.parse(text.substring(0, colon)), Optional.of(Integer.parseInt(port)));
    }

    @Override
    public String toString() {
        return service + port.map(p -> ":" + p).orElse("");
    }
}
