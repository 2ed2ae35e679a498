package dev.adit;

import dev.adit.control.LastGoodSecrets;
import dev.adit.control.Translator;
import dev.adit.kube.EndpointSlice;
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

/** The pure translation with what it may not know: the time, and what Secrets held before. */
final class RememberingTranslator implements Translator {
    private final IngressTranslator translator;
    private final Clock clock;
    private final LastGoodSecrets secrets = new LastGoodSecrets();

    RememberingTranslator(TranslationOptions options, Clock clock) {
        this.translator = new IngressTranslator(options);
        this.clock = clock;
    }

    @Override
    public Translation translate(KubeSnapshot snapshot) {
        return translator.translate(secrets.apply(snapshot), clock.instant());
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
