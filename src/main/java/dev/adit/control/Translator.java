package dev.adit.control;

import dev.adit.kube.EndpointSlice;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.translate.Translation;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What objects mean, all of them or the endpoints alone. */
public interface Translator {
    Translation translate(KubeSnapshot snapshot);

    Map<UpstreamId, List<Endpoint>> endpoints(
            Collection<UpstreamId> upstreams, Function<ObjectKey, List<EndpointSlice>> slices);
}
