package dev.adit.kube.kind;

import dev.adit.kube.Kind;
import java.util.List;
import java.util.Optional;

/** Every kind that is watched, read from folders, and kept for the next start. */
public final class ServedKinds {
    public static final List<ServedKind<?, ?>> ALL = List.of(
            IngressKind.SERVED,
            IngressClassKind.SERVED,
            ServiceKind.SERVED,
            EndpointSliceKind.SERVED,
            SecretKind.SERVED,
            ConfigMapKind.SERVED,
            GatewayClassKind.SERVED,
            GatewayKind.SERVED,
            ListenerSetKind.SERVED,
            HttpRouteKind.SERVED,
            GrpcRouteKind.SERVED,
            TlsRouteKind.SERVED,
            TcpRouteKind.SERVED,
            ReferenceGrantKind.SERVED,
            BackendTlsPolicyKind.SERVED,
            NamespaceKind.SERVED);

    /** Those whose objects are got by their names where they are referred to and not watched. */
    public static final List<ServedKind<?, ?>> BY_NAME =
            ALL.stream().filter(served -> served.unread().isPresent()).toList();

    private ServedKinds() {}

    /** By the name alone, which is unique among them. */
    public static Optional<ServedKind<?, ?>> named(String kind) {
        return ALL.stream().filter(served -> served.kind().name().equals(kind)).findFirst();
    }

    /**
     * That of a record.
     *
     * @throws IllegalArgumentException for a kind that is not in the list
     */
    public static ServedKind<?, ?> of(Kind<?> kind) {
        return ALL.stream()
                .filter(served -> served.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(kind + " is not served"));
    }
}
