package dev.adit.translate.annotation.nginx;

import dev.adit.routing.upstream.UpstreamProtocol;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What endpoints speak. */
final class Protocols implements AnnotationFamily {
    private static final AnnotationKey<UpstreamProtocol> BACKEND_PROTOCOL = AnnotationKey.of(
            "backend-protocol",
            Scope.INGRESS,
            OnError.DEFAULT,
            "use HTTP, HTTPS, AUTO_HTTP, GRPC or GRPCS",
            "`HTTP`, `HTTPS` (the certificates of endpoints are not verified), `AUTO_HTTP` (the one of the two that the client has used),"
                    + " `GRPC`, `GRPCS`: what endpoints speak, whatever the Service says",
            "HTTP",
            Protocols::protocol);

    static final AnnotationKey<String> CONNECTION = AnnotationKey.of(
            "connection-proxy-header",
            Scope.INGRESS,
            OnError.REFUSE,
            "use keep-alive or close",
            "`keep-alive`, `close`: what endpoints of HTTP/1.1 get as Connection. A WebSocket is asked for as ever; in ingress-nginx it is not",
            "no such field",
            text -> Optional.of(text).filter(Set.of("keep-alive", "close")::contains));

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(BACKEND_PROTOCOL, CONNECTION);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {
        into.protocol(of.get(BACKEND_PROTOCOL).orElse(UpstreamProtocol.HTTP1));
    }

    private static Optional<UpstreamProtocol> protocol(String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "HTTP" -> Optional.of(UpstreamProtocol.HTTP1);
            case "HTTPS", "GRPCS" -> Optional.of(UpstreamProtocol.HTTPS);
            case "AUTO_HTTP" -> Optional.of(UpstreamProtocol.AS_CLIENT);
            case "GRPC" -> Optional.of(UpstreamProtocol.H2C);
            default -> Optional.empty();
        };
    }
}
