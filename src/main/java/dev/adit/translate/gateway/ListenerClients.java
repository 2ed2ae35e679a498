package dev.adit.translate.gateway;

import dev.adit.kube.Gateway;
import dev.adit.kube.Gateway.ClientValidation;
import dev.adit.kube.Objects;
import dev.adit.routing.policy.ClientCertificate;
import dev.adit.routing.policy.ClientCertificate.Manner;
import dev.adit.translate.gateway.route.AuthorityBundles;
import dev.adit.translate.gateway.route.Grants;
import dev.adit.translate.gateway.route.Verdict;
import java.security.cert.X509Certificate;
import java.util.ArrayList;

/** Which certificates the clients of listeners have to show. Where that is not known, the listener is not served. */
final class ListenerClients {
    private static final String CLOSED = "; nobody is let in until then";

    private final AuthorityBundles bundles;
    private final Grants grants;

    ListenerClients(Objects objects, Grants grants) {
        this.bundles = new AuthorityBundles(objects);
        this.grants = grants;
    }

    /** Finds what those of a listener have to show, and tells it what is wrong with that. */
    void find(Listener listener) {
        var gateway = listener.gateway();
        if (listener.spec().tls().map(Gateway.Tls::judgesClients).orElse(false)) {
            listener.judged(Verdict.no(
                    "UnsupportedValue",
                    "tls.frontendValidation of a listener is of an earlier API; set spec.tls.frontend of the Gateway"
                            + CLOSED));
            return;
        }
        gateway.clients(listener.spec().port()).ifPresent(wanted -> find(listener, gateway, wanted));
    }

    private void find(Listener listener, Gateway gateway, ClientValidation wanted) {
        if (listener.isTunnel()) {
            listener.judged(Verdict.no(
                    "UnsupportedValue",
                    "Certificates of clients (spec.tls.frontend) are judged at listeners of protocol HTTPS alone; exempt"
                            + " this port with an empty tls in perPort" + CLOSED));
            return;
        }
        var authorities = new ArrayList<X509Certificate>();
        var sources = new ArrayList<String>();
        for (var reference : wanted.authorities()) {
            if (!grants.permit(gateway, reference)) {
                listener.refer(Verdict.no("RefNotPermitted", Grants.remedy(gateway, reference)));
                continue;
            }
            var key = reference.from(gateway.key().namespace());
            var found = bundles.find(reference, key, "InvalidCACertificateKind");
            listener.refer(found.verdict());
            authorities.addAll(found.certificates());
            sources.add(key.toString());
        }
        if (authorities.isEmpty()) {
            listener.judged(Verdict.no(
                    "NoValidCACertificate",
                    "Nobody is trusted to sign the certificates of clients (spec.tls.frontend); name a ConfigMap with a"
                            + " ca.crt" + CLOSED));
            return;
        }
        // The conformance suite holds that a certificate is asked for even where every client is served.
        var manner = wanted.mode().equals(ClientValidation.INSECURE) ? Manner.ASKED_BY_LISTENER : Manner.OF_LISTENER;
        listener.clients(new ClientCertificate(String.join("+", sources), authorities, manner));
    }
}
