package dev.adit.control;

import dev.adit.kube.EndpointSlice;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.kube.source.SnapshotSource;
import dev.adit.kube.source.SnapshotSource.Changes;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.translate.Translation;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What objects mean, all of them or the endpoints alone. */
public interface Translator {
    /**
     * What all objects mean.
     *
     * @param live where Services, Secrets and slices are looked for: one that is not known yet may be asked for there
     */
    Translation translate(KubeSnapshot snapshot, Objects live);

    /**
     * What they mean after a few of them have changed; empty where all have to be looked at.
     *
     * @param source the objects as they are now
     * @param before what they meant
     */
    default Optional<Delta> translate(Changes.Named changes, SnapshotSource source, Translation before) {
        return Optional.empty();
    }

    Map<UpstreamId, List<Endpoint>> endpoints(
            Collection<UpstreamId> upstreams, Function<ObjectKey, List<EndpointSlice>> slices);
}
