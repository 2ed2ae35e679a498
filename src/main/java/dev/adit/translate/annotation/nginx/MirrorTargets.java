package dev.adit.translate.annotation.nginx;

import dev.adit.routing.policy.FieldValue;
import dev.adit.routing.policy.Template;
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
import java.util.regex.Pattern;

/** Copies of requests. */
public final class MirrorTargets implements AnnotationFamily {
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;
    // Service, and then its namespace and the domain of the cluster, as its DNS name has them.
    private static final Pattern URL = Pattern.compile("(?<scheme>https?)://"
            + "(?<host>(?<service>[a-z0-9][-a-z0-9]{0,62})(?:\\.(?<namespace>[a-z0-9][-a-z0-9]{0,62})"
            + "(?:\\.svc(?:\\.[a-z0-9][-a-z0-9.]{0,200})?)?)?)(?::(?<port>[0-9]{1,5}))?(?<asked>[/?$].*)?");
    private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z0-9][-A-Za-z0-9._:]{0,255}");
    private static final int MOST_PORT = 65_535;

    public static final AnnotationKey<Target> TARGET = key(
                    "mirror-target",
                    "use the URL of a Service of the same namespace, such as http://shadow:8080$request_uri",
                    "`http://shadow:8080$request_uri`: a Service of the same namespace, by any of its DNS names, that gets a copy of every request,"
                            + " and for what the copy asks. Its answers are dropped, and it never slows the request",
                    "no copy",
                    MirrorTargets::target)
            .served(new Fidelity.Differs("copies are sent to Services of the same namespace alone"));
    public static final AnnotationKey<FieldValue> HOST = key(
            "mirror-host",
            "use a host name",
            "the Host of the copy",
            "the host of `mirror-target`",
            text -> Optional.of(text)
                    .filter(host -> AUTHORITY.matcher(host).matches())
                    .map(FieldValue::new));
    public static final AnnotationKey<Boolean> REQUEST_BODY = key(
            "mirror-request-body",
            "use on or off",
            "`off`: the copy has no body",
            "it has the body",
            text -> switch (text) {
                case "on" -> Optional.of(true);
                case "off" -> Optional.of(false);
                default -> Optional.empty();
            });

    /**
     * A Service, and what it is asked for.
     *
     * @param namespace empty where it is that of the Ingress
     * @param port the number of one of its ports
     */
    public record Target(
            String service, Optional<String> namespace, int port, boolean isSecure, FieldValue host, Template asked) {}

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(TARGET, HOST, REQUEST_BODY);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {}

    private static Optional<Target> target(String text) {
        var url = URL.matcher(text);
        if (!url.matches() || Urls.template(text).isEmpty()) {
            return Optional.empty();
        }
        var isSecure = url.group("scheme").equals("https");
        var port =
                Optional.ofNullable(url.group("port")).map(Integer::parseInt).orElse(isSecure ? HTTPS_PORT : HTTP_PORT);
        var asked = Optional.ofNullable(url.group("asked")).orElse("$request_uri");
        return port < 1 || port > MOST_PORT
                ? Optional.empty()
                : Optional.of(new Target(
                        url.group("service"),
                        Optional.ofNullable(url.group("namespace")),
                        port,
                        isSecure,
                        new FieldValue(url.group("host")),
                        new Template(asked)));
    }

    private static <T> AnnotationKey<T> key(
            String name, String allowed, String doc, String otherwise, Function<String, Optional<T>> reading) {
        return AnnotationKey.of(name, Scope.INGRESS, OnError.DEFAULT, allowed, doc, otherwise, reading);
    }
}
