package dev.adit;

import dev.adit.control.LastGoodIngresses;
import dev.adit.control.LastGoodSecrets;
import dev.adit.control.Translator;
import dev.adit.kube.EndpointSlice;
import dev.adit.kube.Ingress;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.translate.Translation;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.ingress.IngressTranslator;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The pure translation with what it may not know: the time, and what Secrets held and Ingresses said before. */
final class RememberingTranslator implements Translator {
    private final IngressTranslator translator;
    private final Clock clock;
    private final LastGoodSecrets secrets = new LastGoodSecrets();
    private final LastGoodIngresses ingresses = new LastGoodIngresses();
    private volatile KubeSnapshot served = KubeSnapshot.EMPTY;

    RememberingTranslator(TranslationOptions options, Clock clock) {
        this.translator = new IngressTranslator(options);
        this.clock = clock;
    }

    @Override
    public Translation translate(KubeSnapshot snapshot) {
        var sound = secrets.apply(snapshot);
        served = sound;
        return ingresses.translate(sound, current -> translator.translate(current, clock.instant()));
    }

    /**
     * The objects by which everything is served.
     *
     * @param own the Ingresses among them
     * @param slices as they are now
     */
    Stream<KubeSnapshot.Item> served(List<Ingress> own, Function<ObjectKey, List<EndpointSlice>> slices) {
        var snapshot = served;
        var services = translator.services(snapshot);
        return Stream.of(
                        snapshot.classes().stream(),
                        own.stream(),
                        services.stream().flatMap(key -> snapshot.service(key).stream()),
                        services.stream().flatMap(key -> slices.apply(key).stream()),
                        translator.secrets(snapshot).stream().flatMap(key -> snapshot.secret(key).stream()),
                        snapshot.configMaps().values().stream())
                .flatMap(items -> items);
    }

    /** The Secrets that matter. */
    Set<ObjectKey> secrets(KubeSnapshot snapshot) {
        return translator.secrets(snapshot);
    }

    /** The Services that matter. */
    Set<ObjectKey> services(KubeSnapshot snapshot) {
        return translator.services(snapshot);
    }

    @Override
    public Map<UpstreamId, List<Endpoint>> endpoints(
            Collection<UpstreamId> upstreams, Function<ObjectKey, List<EndpointSlice>> slices) {
        return translator.endpoints(upstreams, slices);
    }
}
