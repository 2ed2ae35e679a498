package dev.adit.translate.annotation.nginx;

import dev.adit.routing.policy.FieldName;
import dev.adit.routing.policy.ForwardedClient;
import dev.adit.routing.policy.Network;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.Fidelity;
import dev.adit.translate.annotation.RouteDraft;
import java.util.List;
import java.util.stream.Stream;

/** What the ConfigMap says of proxies in front: whether they are believed who the client is. */
final class ForwardedClients implements AnnotationFamily {
    private static final AnnotationKey<Boolean> USE_FORWARDED_HEADERS = Settings.key(
                    "use-forwarded-headers",
                    GoValues.TRUTH,
                    "`\"true\"`: the client is who X-Forwarded-For says, and has asked for what X-Forwarded-Host, -Port and -Proto say",
                    "the client is the peer of the connection, or `--trusted-proxies` decides",
                    GoValues::truth)
            .served(new Fidelity.Differs("only a proxy of `proxy-real-ip-cidr` is believed, whatever it says"));
    private static final AnnotationKey<List<Network>> PROXY_REAL_IP_CIDR = Guards.key(
            "proxy-real-ip-cidr",
            SourceRanges.RANGES,
            "which proxies are believed",
            "everybody is, by IPv4",
            SourceRanges::networks);
    private static final AnnotationKey<FieldName> FORWARDED_FOR_HEADER = Settings.key(
            "forwarded-for-header",
            "use the name of a field",
            "the field that has the addresses",
            "X-Forwarded-For",
            FieldName::of);
    private static final AnnotationKey<Boolean> COMPUTE_FULL_FORWARDED_FOR = Settings.key(
            "compute-full-forwarded-for",
            GoValues.TRUTH,
            "`\"true\"`: endpoints get the addresses of all proxies in X-Forwarded-For",
            "they get that of the client alone",
            GoValues::truth);

    private static final List<Network> EVERYBODY =
            Stream.of("0.0.0.0/0").flatMap(text -> Network.of(text).stream()).toList();
    private static final FieldName FORWARDED_FOR = new FieldName("x-forwarded-for");

    /** Those of the ConfigMap of ingress-nginx. */
    static final List<AnnotationKey<?>> OF_ALL =
            List.of(USE_FORWARDED_HEADERS, PROXY_REAL_IP_CIDR, FORWARDED_FOR_HEADER, COMPUTE_FULL_FORWARDED_FOR);

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of();
    }

    @Override
    public void read(Annotations of, RouteDraft into) {
        if (of.get(USE_FORWARDED_HEADERS).orElse(false)) {
            into.add(new ForwardedClient(
                    of.get(PROXY_REAL_IP_CIDR).orElse(EVERYBODY),
                    of.get(FORWARDED_FOR_HEADER).orElse(FORWARDED_FOR),
                    of.get(COMPUTE_FULL_FORWARDED_FOR).orElse(false)));
        }
    }
}
