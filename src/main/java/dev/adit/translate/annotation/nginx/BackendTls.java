package dev.adit.translate.annotation.nginx;

import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import dev.adit.translate.annotation.Values;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** TLS to endpoints. What the Secret holds is looked for where the rules are read. */
public final class BackendTls implements AnnotationFamily {
    private static final Pattern NAME = Pattern.compile("[a-z0-9.-]{1,253}/[a-z0-9.-]{1,253}");
    private static final Pattern VERSIONS = Pattern.compile("TLSv1\\.[23](?: TLSv1\\.[23])?");
    private static final String SWITCH = "use \"on\" or \"off\"";

    /** The Secret, with its namespace. */
    public static final AnnotationKey<String> SECRET = Guards.key(
            "proxy-ssl-secret",
            "use NAMESPACE/NAME of a Secret in the same namespace",
            "`shop/endpoints`: a Secret of the same namespace; its key pair is shown to endpoints that ask for one, and its `ca.crt` verifies"
                    + " them with `proxy-ssl-verify`",
            "no certificate is shown",
            text -> Optional.of(text).filter(one -> NAME.matcher(one).matches()));
    /** Whether endpoints are verified. */
    public static final AnnotationKey<Boolean> VERIFY = key(
            "proxy-ssl-verify",
            SWITCH,
            "`on`: the certificate of an endpoint has to be signed by `ca.crt` of the Secret; without one the Ingress answers 503",
            "`off`",
            BackendTls::isOn);
    /** The name that endpoints are called by. */
    public static final AnnotationKey<String> SERVER_NAME = key(
            "proxy-ssl-name",
            "use a host name",
            "the name that the certificate of an endpoint has to be for, and that it is called by with `proxy-ssl-server-name`",
            "`SERVICE.NAMESPACE.svc` where endpoints are verified",
            Values::host);
    /** Whether endpoints are told that name. */
    public static final AnnotationKey<Boolean> SENDS_NAME = key(
            "proxy-ssl-server-name",
            SWITCH,
            "`on`: endpoints are told the name of `proxy-ssl-name`; where they are verified they always are",
            "`off`",
            BackendTls::isOn);

    private static final AnnotationKey<Integer> DEPTH = key(
            "proxy-ssl-verify-depth",
            GoValues.NUMBER,
            "no effect: chains of any length that the authorities vouch for are taken",
            "no effect",
            GoValues::integer);
    /** The versions of TLS that are spoken to endpoints. */
    public static final AnnotationKey<List<String>> PROTOCOLS = key(
            "proxy-ssl-protocols",
            "use TLSv1.2, TLSv1.3 or both",
            "`TLSv1.2 TLSv1.3`: the versions that are spoken to endpoints, where there is a `proxy-ssl-secret`",
            "`TLSv1.2`; without a `proxy-ssl-secret` both are spoken",
            text -> Optional.of(text)
                    .filter(one -> VERSIONS.matcher(one).matches())
                    .map(one -> List.of(one.split(" "))));

    public static final List<String> DEFAULT_PROTOCOLS = List.of("TLSv1.2");

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(SECRET, VERIFY, SERVER_NAME, SENDS_NAME, DEPTH, PROTOCOLS);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {}

    private static Optional<Boolean> isOn(String text) {
        return switch (text) {
            case "on" -> Optional.of(true);
            case "off" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static <T> AnnotationKey<T> key(
            String name, String allowed, String doc, String otherwise, Function<String, Optional<T>> reading) {
        return AnnotationKey.of(name, Scope.INGRESS, OnError.DEFAULT, allowed, doc, otherwise, reading);
    }
}
