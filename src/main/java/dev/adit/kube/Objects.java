package dev.adit.kube;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A view of the objects of the API. */
public interface Objects {
    /** One object, if it is there. EndpointSlices are found only by {@link #slicesOf}. */
    <T extends KubeObject> Optional<T> find(Kind<T> kind, ObjectKey key);

    /** All objects of a kind, in no order. */
    <T extends KubeObject> Stream<T> all(Kind<T> kind);

    /** The EndpointSlices of a Service, whether it exists or not. */
    List<EndpointSlice> slicesOf(ObjectKey service);
}
