package dev.adit.translate.annotation.nginx;

import dev.adit.routing.policy.Network;
import dev.adit.routing.policy.RateLimit;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How often a client may ask. Where one cannot be read, the Ingress answers 503: without it there would be no limit. */
public final class RateLimits implements AnnotationFamily {
    /** Of a limit whose Ingress is not known yet. */
    public static final String ZONE_OF_INGRESS = "";

    private static final int MOST = 1_000_000;
    private static final int BURST = 5;
    private static final int UNAVAILABLE = 503;

    private static final AnnotationKey<Integer> RPS = key(
            "limit-rps",
            GoValues.NUMBER,
            "how many requests a client address may make in a second, all paths of the Ingress together; beyond that and the burst it is"
                    + " answered 503",
            "no limit",
            GoValues::integer);
    private static final AnnotationKey<Integer> RPM =
            key("limit-rpm", GoValues.NUMBER, "likewise in a minute", "no limit", GoValues::integer);
    private static final AnnotationKey<Integer> CONNECTIONS = key(
            "limit-connections",
            GoValues.NUMBER,
            "how many requests of a client address may be served at the same time; one more is answered 503",
            "no limit",
            GoValues::integer);
    private static final AnnotationKey<Integer> MULTIPLIER = key(
            "limit-burst-multiplier",
            GoValues.NUMBER,
            "how many times the rate a client may ask at once",
            "5",
            GoValues::integer);
    private static final AnnotationKey<List<Network>> ALLOWLIST = key(
            "limit-allowlist",
            SourceRanges.RANGES,
            "`10.0.0.0/8`: clients with these addresses are not counted",
            "all are counted",
            SourceRanges::networks);
    private static final AnnotationKey<List<Network>> WHITELIST = key(
            "limit-whitelist",
            SourceRanges.RANGES,
            "the older name of `limit-allowlist`, which goes before it",
            "all are counted",
            SourceRanges::networks);

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(RPS, RPM, CONNECTIONS, MULTIPLIER, ALLOWLIST, WHITELIST);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {
        var second = rate(of.get(RPS));
        var minute = rate(of.get(RPM));
        var connections = rate(of.get(CONNECTIONS));
        if (second > 0 || minute > 0 || connections > 0) {
            var burst = of.get(MULTIPLIER)
                    .filter(times -> times > 0 && times <= MOST)
                    .orElse(BURST);
            var exempt = of.get(ALLOWLIST).or(() -> of.get(WHITELIST)).orElse(List.of());
            into.add(new RateLimit(
                    ZONE_OF_INGRESS,
                    second,
                    minute,
                    burst,
                    connections,
                    of.get(
                                    second > 0 || minute > 0
                                            ? NginxConfigMap.LIMIT_REQ_STATUS_CODE
                                            : NginxConfigMap.LIMIT_CONN_STATUS_CODE)
                            .orElse(UNAVAILABLE),
                    exempt));
        }
    }

    private static int rate(Optional<Integer> value) {
        return Math.clamp(value.orElse(0), 0, MOST);
    }

    private static <T> AnnotationKey<T> key(
            String name, String allowed, String doc, String otherwise, Function<String, Optional<T>> reading) {
        return AnnotationKey.of(name, Scope.INGRESS, OnError.REFUSE, allowed, doc, otherwise, reading);
    }
}
