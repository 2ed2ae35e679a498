package dev.adit.kube;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A gateway.networking.k8s.io/v1 Gateway as written by its author, with the defaults of the API filled in: a folder has none.
 *
 * @param generation of its {@code spec}, which a condition in its status refers to
 * @param className {@code spec.gatewayClassName}
 * @param addresses that it asks for
 * @param infrastructure what is made for it is to have
 * @param clients which certificates clients have to show
 * @param clientCertificate the Secret with what is shown to endpoints that ask for a certificate
 * @param allowedListeners from where ListenerSets may come
 */
public record Gateway(
        ObjectKey key,
        String uid,
        long generation,
        Instant createdAt,
        String className,
        List<Listener> listeners,
        List<Address> addresses,
        Infrastructure infrastructure,
        List<ClientValidation> clients,
        Optional<ForeignReference> clientCertificate,
        Namespaces allowedListeners)
        implements KubeObject {
    public static final Kind<Gateway> KIND =
            Kind.general("gateway.networking.k8s.io/v1", "Gateway", "gateways", Gateway.class);

    public Gateway {
        listeners = List.copyOf(listeners);
        addresses = List.copyOf(addresses);
        clients = List.copyOf(clients);
    }

    /** What is to be shown at a port: what is said of that port goes before what is said of all. */
    public Optional<ClientValidation> clients(int port) {
        var ofPort = clients.stream()
                .filter(one -> one.port().isPresent() && one.port().getAsInt() == port)
                .findFirst();
        return ofPort.or(() ->
                        clients.stream().filter(one -> one.port().isEmpty()).findFirst())
                .filter(ClientValidation::isWanted);
    }

    /**
     * {@code spec.tls.frontend}, for one port or for all.
     *
     * @param port empty for all that nothing else is said of
     * @param isWanted whether anything is to be shown
     * @param authorities where the certificates are of those who sign them
     * @param mode {@code AllowValidOnly} or {@code AllowInsecureFallback}
     */
    public record ClientValidation(
            OptionalInt port, boolean isWanted, List<ForeignReference> authorities, String mode) {
        /** Whoever has no sound certificate is let in, too. */
        public static final String INSECURE = "AllowInsecureFallback";

        public ClientValidation {
            authorities = List.copyOf(authorities);
        }
    }

    /**
     * One of {@code spec.addresses}.
     *
     * @param value empty for any of this type
     */
    public record Address(String type, String value) {}

    /**
     * {@code spec.infrastructure}.
     *
     * @param hasParameters whether it refers to an object with parameters
     */
    public record Infrastructure(Map<String, String> labels, Map<String, String> annotations, boolean hasParameters) {
        public static final Infrastructure NONE = new Infrastructure(Map.of(), Map.of(), false);

        public Infrastructure {
            labels = Map.copyOf(labels);
            annotations = Map.copyOf(annotations);
        }
    }

    /**
     * Where requests come in.
     *
     * @param hostname empty for every name
     */
    public record Listener(
            String name, String hostname, int port, String protocol, Optional<Tls> tls, AllowedRoutes allowed) {}

    /**
     * How TLS is ended.
     *
     * @param mode {@code Terminate} or {@code Passthrough}
     * @param judgesClients whether clients have to show certificates, by a field of earlier versions of the API
     */
    public record Tls(String mode, List<ForeignReference> certificates, boolean judgesClients) {
        public Tls {
            certificates = List.copyOf(certificates);
        }
    }

    /**
     * Which routes may attach.
     *
     * @param kinds none for all that the protocol allows
     */
    public record AllowedRoutes(Namespaces namespaces, List<RouteKind> kinds) {
        public AllowedRoutes {
            kinds = List.copyOf(kinds);
        }
    }

    /**
     * Namespaces from which something may come.
     *
     * @param from {@code Same}, {@code All}, {@code Selector} or {@code None}
     * @param selector empty where there is none
     */
    public record Namespaces(String from, Optional<LabelSelector> selector) {
        /** Nothing may come. */
        public static final Namespaces NONE = new Namespaces("None", Optional.empty());
    }

    /** A kind of routes. */
    public record RouteKind(String group, String kind) {}

    @Override
    public Kind<Gateway> kind() {
        return KIND;
    }
}
