package dev.adit.translate;

import dev.adit.kube.ObjectKey;
import java.util.Optional;

/**
 * The ConfigMaps that say which ports lead to which Services, as those of ingress-nginx do.
 *
 * @param tcp whose connections are served
 * @param udp whose datagrams are not: each entry is reported
 */
public record StreamServices(Optional<ObjectKey> tcp, Optional<ObjectKey> udp) {
    /** Without any. */
    public static final StreamServices NONE = new StreamServices(Optional.empty(), Optional.empty());
}
