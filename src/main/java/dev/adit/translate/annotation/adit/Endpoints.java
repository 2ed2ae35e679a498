package dev.adit.translate.annotation.adit;

import dev.adit.routing.policy.FieldName;
import dev.adit.routing.upstream.Balancing;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import dev.adit.translate.annotation.Values;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How endpoints are chosen and spoken to. */
public final class Endpoints implements AnnotationFamily {
    /** The Secret for TLS to endpoints. Whatever it says, it means that not every endpoint will do. */
    public static final AnnotationKey<String> BACKEND_TLS = AnnotationKey.closing(
            "backend-tls",
            Scope.INGRESS,
            false,
            "use the name of a Secret",
            "the name of a Secret in the same namespace, for endpoints that speak TLS. Its `ca.crt` has signed their"
                    + " certificates: one that it has not signed gets no request (502). If it is of type"
                    + " `kubernetes.io/tls`, its key pair is shown to endpoints that ask for one",
            "any certificate will do, and none is shown",
            Values::objectName);
    /** The server name for those endpoints. */
    public static final AnnotationKey<String> BACKEND_SERVER_NAME = AnnotationKey.of(
            "backend-server-name",
            Scope.INGRESS,
            "use a host name, such as app.internal",
            "`app.internal`: the server name that Adit sends to endpoints in TLS, and that their certificates have to be for",
            "`SERVICE.NAMESPACE.svc` where certificates are verified; else no name",
            Values::host);

    private static final AnnotationKey<Balancing> LOAD_BALANCE = AnnotationKey.of(
            "load-balance",
            Scope.CLASS,
            "use round-robin, least-request, ewma, hash:client-address, hash:path or hash:field:NAME",
            "`round-robin`; `least-request` (of two at random the less busy); `ewma` (of two the faster for what it has to"
                    + " do); `hash:client-address`, `hash:path`, `hash:field:NAME` (one key, one endpoint)",
            "`round-robin`; by client address where the Service has `sessionAffinity: ClientIP`",
            Endpoints::balancing);
    private static final AnnotationKey<Duration> CONNECT_TIMEOUT = AnnotationKey.of(
            "connect-timeout",
            Scope.CLASS,
            Values.TIME,
            "`500ms`, `5s`, `1m`, up to `24h`: how long connecting to an endpoint may take",
            "5 s",
            Values::time);
    private static final AnnotationKey<Duration> RESPONSE_TIMEOUT = AnnotationKey.of(
            "response-timeout",
            Scope.CLASS,
            Values.TIME,
            "the same values: how long an endpoint may take, from the end of the request to the head of its response",
            "60 s",
            Values::time);
    private static final String HASH_FIELD = "hash:field:";

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(LOAD_BALANCE, CONNECT_TIMEOUT, RESPONSE_TIMEOUT, BACKEND_TLS, BACKEND_SERVER_NAME);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {
        of.get(LOAD_BALANCE).ifPresent(balancing -> into.upstream(policy -> policy.with(balancing)));
        into.upstream(policy -> policy.within(of.get(CONNECT_TIMEOUT), of.get(RESPONSE_TIMEOUT)));
    }

    private static Optional<Balancing> balancing(String text) {
        return switch (text) {
            case "round-robin" -> Optional.of(new Balancing.RoundRobin());
            case "least-request" -> Optional.of(new Balancing.LeastRequest());
            case "ewma" -> Optional.of(new Balancing.PeakEwma());
            case "hash:client-address" -> Optional.of(new Balancing.Hash(new Balancing.Key.ClientAddress()));
            case "hash:path" -> Optional.of(new Balancing.Hash(new Balancing.Key.Path()));
            default ->
                Optional.of(text)
                        .filter(t -> t.startsWith(HASH_FIELD))
                        .map(t -> t.substring(HASH_FIELD.length()))
                        .filter(name -> FieldName.of(name).isPresent())
                        .map(name -> new Balancing.Hash(new Balancing.Key.Field(name)));
        };
    }
}
