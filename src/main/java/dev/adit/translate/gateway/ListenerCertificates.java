package dev.adit.translate.gateway;

import dev.adit.kube.ForeignReference;
import dev.adit.kube.Gateway;
import dev.adit.kube.KubeObject;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.kube.Secret;
import dev.adit.routing.Certificate;
import dev.adit.translate.gateway.route.Grants;
import dev.adit.translate.gateway.route.Verdict;
import java.util.List;
import java.util.Optional;

/** The certificates that listeners refer to, and those that Gateways show to endpoints. */
final class ListenerCertificates {
    private final Objects objects;
    private final Grants grants;

    ListenerCertificates(Objects objects, Grants grants) {
        this.objects = objects;
        this.grants = grants;
    }

    /** Finds all of a listener, and tells it what is wrong with them. */
    void find(Listener listener) {
        var references = listener.spec().tls().map(Gateway.Tls::certificates).orElse(List.of());
        if (references.isEmpty()) {
            listener.refer(Verdict.no("InvalidCertificateRef", "tls.certificateRefs names no Secret; name one"));
        }
        for (var reference : references) {
            listener.refer(certificate(listener, reference));
        }
    }

    private Verdict certificate(Listener listener, ForeignReference reference) {
        var found = find(listener.owner().object(), reference, "InvalidCertificateRef");
        found.pair()
                .ifPresent(pair -> listener.certificates()
                        .add(new Certificate(List.of(), found.key().toString(), pair.key(), pair.chain())));
        return found.verdict();
    }

    /** What a Gateway shows to endpoints that ask for a certificate, if it says so. */
    Optional<Found> ofClient(Gateway gateway) {
        return gateway.clientCertificate().map(reference -> find(gateway, reference, "InvalidClientCertificateRef"));
    }

    /**
     * A Secret.
     *
     * @param pair what it holds, or did before something was wrong with it
     */
    record Found(ObjectKey key, Verdict verdict, Optional<Secret.Content.KeyPair> pair) {}

    private Found find(KubeObject from, ForeignReference reference, String reason) {
        var key = reference.from(from.key().namespace());
        if (!reference.isOf(Secret.KIND)) {
            var message = reference + " is no Secret; name one of type kubernetes.io/tls";
            return new Found(key, Verdict.no(reason, message), Optional.empty());
        }
        if (!grants.permit(from, reference)) {
            return new Found(key, Verdict.no("RefNotPermitted", Grants.remedy(from, reference)), Optional.empty());
        }
        var content = objects.find(Secret.KIND, key).map(Secret::content);
        var verdict = content.map(found -> verdict(key.toString(), found, reason))
                .orElseGet(
                        () -> Verdict.no(
                                reason,
                                "Secret " + key
                                        + " of type kubernetes.io/tls does not exist; create it with `kubectl create secret tls`"));
        return new Found(key, verdict, content.flatMap(Secret.Content::pair));
    }

    private static Verdict verdict(String secret, Secret.Content content, String reason) {
        return switch (content) {
            case Secret.Content.KeyPair _ -> Verdict.yes("ResolvedRefs");
            case Secret.Content.Unread _ -> Verdict.no(reason, "Secret " + secret + " is being read");
            case Secret.Content.Gone _ ->
                Verdict.no(reason, "Secret " + secret + " is gone; what it held is served until it is back");
            case Secret.Content.Broken broken ->
                Verdict.no(
                        reason, "Secret " + secret + ", " + broken.field() + ": " + broken.message() + "; correct it");
        };
    }
}
