package dev.adit.app;

import dev.adit.kube.KubeObject;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.Looks;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.ObjectRef;
import dev.adit.kube.kind.ServedKinds;
import dev.adit.kube.source.SourceException;
import dev.adit.kube.watch.ConnectionFailures;
import dev.adit.kube.watch.InformerSource;
import dev.adit.kube.watch.ReferencedObjects;
import dev.adit.kube.watch.WatchScope;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads a cluster once, for those who ask about it. */
@Singleton
public class ClusterReader {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Instance<KubernetesClient> client;

    ClusterReader(Instance<KubernetesClient> client) {
        this.client = client;
    }

    /**
     * Every object that routing depends on.
     *
     * @param controllerNamespace where the Adit of that cluster is
     * @param namespace the only one to look into; empty for all
     * @param configMap that of ingress-nginx
     * @throws SourceException with a message for whoever asked
     */
    public KubeSnapshot read(String controllerNamespace, Optional<String> namespace, Optional<ObjectKey> configMap)
            throws InterruptedException {
        var news = new LinkedBlockingQueue<Optional<SourceException>>();
        var scope = new WatchScope(namespace, Optional.empty(), controllerNamespace, true, Optional.empty(), configMap);
        try (var source = new InformerSource(
                client.get(), new ConnectionFailures(), scope, refusal -> !news.add(Optional.of(refusal)))) {
            source.start(() -> news.add(Optional.empty()));
            var end = System.nanoTime() + PATIENCE.toNanos();
            while (!source.isSynced()) {
                var next = news.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (next == null) {
                    throw new SourceException(
                            "the API server at " + client.get().getMasterUrl() + " did not answer within "
                                    + PATIENCE.toSeconds() + " s; check KUBECONFIG");
                }
                if (next.isPresent()) {
                    throw next.get();
                }
            }
            return source.snapshot();
        }
    }

    /** With the objects that are referred to and not watched; one that may not be read is none. */
    public KubeSnapshot with(KubeSnapshot watched, Looks looks) {
        var found = new ArrayList<KubeObject>();
        for (var served : ServedKinds.BY_NAME) {
            looks.at(served.kind())
                    .filter(key ->
                            key.canExist() && watched.find(served.kind(), key).isEmpty())
                    .flatMap(key -> one(served.kind().ref(key)).stream())
                    .forEach(found::add);
        }
        return watched.with(found);
    }

    private Optional<KubeObject> one(ObjectRef ref) {
        try {
            return ReferencedObjects.get(client.get(), ref);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return Optional.empty();
            }
            throw new SourceException("cannot read " + ref.kind() + " " + ref.key() + ": " + e.getMessage());
        }
    }
}
