package dev.adit.translate.annotation.nginx;

import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.Fidelity;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Annotations of ingress-nginx that Adit does not serve. One that keeps clients out, changes what they get, or holds configuration of
 * nginx closes its Ingress: served without it, the Ingress would be open, or be another one.
 */
final class Unserved implements AnnotationFamily {
    private static final String NOT_SERVED = "Adit does not serve this annotation yet; remove it";

    private static final List<AnnotationKey<?>> CLOSING = Stream.of(
                    "auth-snippet",
                    "configuration-snippet",
                    "server-snippet",
                    "stream-snippet",
                    "modsecurity-snippet",
                    "fastcgi-index",
                    "fastcgi-params-configmap")
            .<AnnotationKey<?>>map(name -> closing(name, _ -> Optional.empty()))
            .toList();

    // They may say "off", which is what holds without them.
    private static final List<AnnotationKey<?>> SWITCHES = Stream.of("enable-modsecurity", "enable-owasp-core-rules")
            .<AnnotationKey<?>>map(name -> closing(name, Unserved::off))
            .toList();

    private static final List<AnnotationKey<?>> REPORTED = Stream.of(
                    "modsecurity-transaction-id", "opentelemetry-operation-name")
            .<AnnotationKey<?>>map(Unserved::reported)
            .toList();

    private static AnnotationKey<String> closing(String name, Function<String, Optional<String>> reading) {
        return Guards.key(name, NOT_SERVED, "not served: an Ingress that has it answers 503", "nothing", reading)
                .served(new Fidelity.Refused(instead(name)));
    }

    private static String instead(String name) {
        return switch (name) {
            case "auth-snippet" -> "have the service of auth-url decide by the fields that it gets, and remove it";
            case "configuration-snippet", "server-snippet" ->
                "write what it does as annotations: adit.dev/request-headers and adit.dev/response-headers edit fields";
            case "stream-snippet" -> "remove it; Adit has no configuration of nginx";
            case "fastcgi-index", "fastcgi-params-configmap" ->
                "put a server of HTTP in front of the application, such as nginx in the same pod";
            default -> "put a firewall for applications in front of the Service, and remove it";
        };
    }

    private static AnnotationKey<String> reported(String name) {
        return AnnotationKey.of(
                        name,
                        Scope.INGRESS,
                        OnError.DEFAULT,
                        NOT_SERVED,
                        "not served: it is reported, and has no effect",
                        "it has no effect",
                        Unserved::off)
                .served(new Fidelity.NotServed());
    }

    private static Optional<String> off(String text) {
        return GoValues.truth(text).equals(Optional.of(false)) || text.equals("off")
                ? Optional.of(text)
                : Optional.empty();
    }

    @Override
    public List<AnnotationKey<?>> keys() {
        return Stream.of(CLOSING, SWITCHES, REPORTED)
                .<AnnotationKey<?>>flatMap(List::stream)
                .toList();
    }

    @Override
    public void read(Annotations of, RouteDraft into) {}
}
