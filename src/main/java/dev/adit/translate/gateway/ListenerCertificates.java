package dev.adit.translate.gateway;

import dev.adit.kube.ForeignReference;
import dev.adit.kube.Gateway;
import dev.adit.kube.Objects;
import dev.adit.kube.Secret;
import dev.adit.routing.Certificate;
import dev.adit.translate.gateway.route.Grants;
import dev.adit.translate.gateway.route.Verdict;
import java.util.List;

/** The certificates that listeners refer to. */
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
        var object = listener.owner().object();
        if (!reference.isOf(Secret.KIND)) {
            return Verdict.no("InvalidCertificateRef", reference + " is no Secret; name one of type kubernetes.io/tls");
        }
        if (!grants.permit(object, reference)) {
            return Verdict.no("RefNotPermitted", Grants.remedy(object, reference));
        }
        var key = reference.from(listener.owner().namespace());
        var content = objects.find(Secret.KIND, key).map(Secret::content);
        var pair = content.flatMap(Secret.Content::pair);
        if (pair.isPresent()) {
            listener.certificates()
                    .add(new Certificate(
                            List.of(),
                            key.toString(),
                            pair.get().key(),
                            pair.get().chain()));
        }
        return content.map(found -> verdict(key.toString(), found))
                .orElseGet(
                        () -> Verdict.no(
                                "InvalidCertificateRef",
                                "Secret " + key
                                        + " of type kubernetes.io/tls does not exist; create it with `kubectl create secret tls`"));
    }

    private static Verdict verdict(String secret, Secret.Content content) {
        return switch (content) {
            case Secret.Content.KeyPair _ -> Verdict.yes("ResolvedRefs");
            case Secret.Content.Unread _ -> Verdict.no("InvalidCertificateRef", "Secret " + secret + " is being read");
            case Secret.Content.Gone _ ->
                Verdict.no(
                        "InvalidCertificateRef",
                        "Secret " + secret + " is gone; what it held is served until it is back");
            case Secret.Content.Broken broken ->
                Verdict.no(
                        "InvalidCertificateRef",
                        "Secret " + secret + ", " + broken.field() + ": " + broken.message() + "; correct it");
        };
    }
}
