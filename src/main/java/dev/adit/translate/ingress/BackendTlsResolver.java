package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.kube.Problem.Reason;
import dev.adit.kube.Secret;
import dev.adit.routing.upstream.EndpointTls;
import dev.adit.translate.Problems;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.AnnotationReader;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.adit.Endpoints;
import dev.adit.translate.annotation.nginx.BackendTls;
import dev.adit.translate.annotation.nginx.NginxDialect;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what TLS to the endpoints of an Ingress needs; where that is not known, no endpoint is trusted with a request. */
final class BackendTlsResolver {
    private static final String CLOSED = ". Until then its paths answer 503";

    private final Objects objects;
    private final AnnotationReader annotations;
    private final Problems problems;
    private final Map<ObjectKey, Terms> resolved = new HashMap<>();

    /** On what terms endpoints are spoken to. */
    sealed interface Terms {
        /** With a server name or without. */
        record Known(EndpointTls tls) implements Terms {}

        /** The Ingress names a Secret that cannot be used. */
        record Unknown(Reason reason) implements Terms {}
    }

    BackendTlsResolver(Objects objects, AnnotationReader annotations, Problems problems) {
        this.objects = objects;
        this.annotations = annotations;
        this.problems = problems;
    }

    /**
     * The terms for the endpoints of one Service. Where their certificates are verified and the Ingress names nothing else,
     * they are for the name that the Service has inside of the cluster.
     */
    Terms of(Ingress ingress, ObjectKey service) {
        return switch (resolved.computeIfAbsent(ingress.key(), _ -> resolve(ingress))) {
            case Terms.Known(var tls)
            when tls.isVerified() && tls.serverName().isEmpty() ->
                new Terms.Known(tls.named(service.name() + "." + service.namespace() + ".svc"));
            case Terms terms -> terms;
        };
    }

    /** Tells that a Service is not spoken to by TLS, where the Ingress says how that is to be done. */
    void unused(Ingress ingress, ObjectKey service) {
        if (annotations.of(ingress).get(Endpoints.BACKEND_TLS).isPresent()) {
            var message = "has no effect on Service " + service
                    + ", because Adit does not use TLS for its port; set its" + " appProtocol to https";
            problems.add(ingress, annotations.field(ingress, Endpoints.BACKEND_TLS), Reason.ANNOTATION_UNUSED, message);
        }
    }

    private Terms resolve(Ingress ingress) {
        return annotations.dialect(ingress) == NginxDialect.DIALECT
                ? nginx(ingress, annotations.of(ingress))
                : adit(ingress);
    }

    /** As ingress-nginx: a Secret without authorities will do where nobody is verified. */
    private Terms nginx(Ingress ingress, Annotations of) {
        var isVerified = of.get(BackendTls.VERIFY).orElse(false);
        var serverName = of.get(BackendTls.SERVER_NAME)
                .filter(_ -> isVerified || of.get(BackendTls.SENDS_NAME).orElse(false));
        var name = of.get(BackendTls.SECRET);
        if (name.isEmpty()) {
            return isVerified
                    ? unknown(
                            ingress,
                            BackendTls.VERIFY,
                            Reason.SECRET_NOT_FOUND,
                            "needs a proxy-ssl-secret with a ca.crt")
                    : new Terms.Known(new EndpointTls("", serverName, List.of(), Optional.empty()));
        }
        var key = ObjectKey.parse(name.get());
        if (!key.namespace().equals(ingress.key().namespace())) {
            var message = "Secret " + key + " is in another namespace; put it into "
                    + ingress.key().namespace();
            return unknown(ingress, BackendTls.SECRET, Reason.SECRET_NOT_FOUND, message);
        }
        return objects.find(Secret.KIND, key)
                .map(secret -> nginx(ingress, secret, isVerified, serverName))
                .orElseGet(() -> unknown(
                        ingress,
                        BackendTls.SECRET,
                        Reason.SECRET_NOT_FOUND,
                        "Secret " + key + " does not exist; create it"));
    }

    private Terms nginx(Ingress ingress, Secret secret, boolean isVerified, Optional<String> serverName) {
        var identity = secret.content() instanceof Secret.Content.KeyPair(var key, var chain)
                ? Optional.of(new EndpointTls.Identity(key, chain))
                : Optional.<EndpointTls.Identity>empty();
        var isUsable = switch (secret.content()) {
            case Secret.Content.KeyPair _ -> true;
            case Secret.Content.Broken broken -> broken.field().equals("type");
            case Secret.Content.Unread _, Secret.Content.Gone _ -> false;
        };
        var authorities = secret.authorities() instanceof Secret.Authorities.Trusted(var trusted)
                ? trusted
                : List.<X509Certificate>of();
        if (!isUsable || (isVerified && authorities.isEmpty())) {
            var message =
                    "Secret " + secret.key() + " has no " + (isUsable ? "valid ca.crt" : "valid key pair") + "; fix it";
            return unknown(ingress, BackendTls.SECRET, Reason.CERTIFICATE_INVALID, message);
        }
        return new Terms.Known(new EndpointTls(
                secret.key().toString(),
                serverName,
                isVerified ? authorities : List.of(),
                identity,
                annotations.of(ingress).get(BackendTls.PROTOCOLS).orElse(BackendTls.DEFAULT_PROTOCOLS)));
    }

    private Terms unknown(Ingress ingress, AnnotationKey<?> key, Reason reason, String message) {
        problems.add(ingress, annotations.field(ingress, key), reason, message + CLOSED);
        return new Terms.Unknown(reason);
    }

    private Terms adit(Ingress ingress) {
        var name = annotations.of(ingress).get(Endpoints.BACKEND_TLS);
        var serverName = annotations.of(ingress).get(Endpoints.BACKEND_SERVER_NAME);
        if (name.isEmpty()) {
            return new Terms.Known(new EndpointTls("", serverName, List.of(), Optional.empty()));
        }
        var key = new ObjectKey(ingress.key().namespace(), name.get());
        return objects.find(Secret.KIND, key)
                .map(secret -> read(ingress, secret, serverName))
                .orElseGet(() -> missing(ingress, key));
    }

    private Terms read(Ingress ingress, Secret secret, Optional<String> serverName) {
        return switch (secret.content()) {
            case Secret.Content.KeyPair(var key, var chain) ->
                read(ingress, secret, serverName, Optional.of(new EndpointTls.Identity(key, chain)));
            case Secret.Content.Unread _ -> new Terms.Unknown(Reason.SECRET_NOT_FOUND);
            case Secret.Content.Gone _ -> missing(ingress, secret.key());
            // Of another type it is for its ca.crt alone.
            case Secret.Content.Broken broken
            when broken.field().equals("type") -> read(ingress, secret, serverName, Optional.empty());
            case Secret.Content.Broken broken -> broken(ingress, secret, broken.field(), broken.message());
        };
    }

    private Terms read(
            Ingress ingress, Secret secret, Optional<String> serverName, Optional<EndpointTls.Identity> identity) {
        return switch (secret.authorities()) {
            case Secret.Authorities.Trusted(var authorities) -> known(secret, serverName, authorities, identity);
            case Secret.Authorities.Unread _ -> new Terms.Unknown(Reason.SECRET_NOT_FOUND);
            case Secret.Authorities.None _ -> broken(ingress, secret, "ca.crt", "is missing");
            case Secret.Authorities.Broken(var reason) -> broken(ingress, secret, "ca.crt", reason);
        };
    }

    private static Terms known(
            Secret secret,
            Optional<String> serverName,
            List<X509Certificate> authorities,
            Optional<EndpointTls.Identity> identity) {
        return new Terms.Known(new EndpointTls(secret.key().toString(), serverName, authorities, identity));
    }

    private Terms missing(Ingress ingress, ObjectKey secret) {
        var message = "Secret " + secret + " does not exist; create it with `kubectl create secret generic "
                + secret.name() + " --from-file=ca.crt`";
        return unknown(ingress, Reason.SECRET_NOT_FOUND, message);
    }

    private Terms broken(Ingress ingress, Secret secret, String field, String what) {
        var message = "Secret " + secret.key() + ", " + field + ": " + what + "; fix it";
        return unknown(ingress, Reason.CERTIFICATE_INVALID, message);
    }

    private Terms unknown(Ingress ingress, Reason reason, String message) {
        problems.add(ingress, annotations.field(ingress, Endpoints.BACKEND_TLS), reason, message + CLOSED);
        return new Terms.Unknown(reason);
    }
}
