package dev.adit;

import dev.adit.config.ClusterOptions;
import dev.adit.config.ControllerConfig;
import dev.adit.config.SecretAccess;
import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.LoadBalancerAddress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.files.DirectorySource;
import dev.adit.kube.source.SnapshotSource;
import dev.adit.kube.source.SourceException;
import dev.adit.kube.status.Publication;
import dev.adit.kube.watch.InformerSource;
import dev.adit.kube.watch.ReferencedSecrets;
import dev.adit.kube.watch.WatchScope;
import dev.adit.translate.TranslationOptions;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Where the objects come from that are served, as the settings say. */
final class ObjectSources {
    private final Instance<KubernetesClient> client;

    ObjectSources(Instance<KubernetesClient> client) {
        this.client = client;
    }

    /**
     * A folder or a cluster.
     *
     * @param secrets the Secrets that matter
     * @param refused told when the cluster turns out to be unusable
     */
    SnapshotSource source(
            ControllerConfig config, Function<KubeSnapshot, Set<ObjectKey>> secrets, Consumer<SourceException> refused)
            throws StartException {
        try {
            if (config.manifests().isPresent()) {
                var implied = IngressClass.of(config.translation().ingressClass(), TranslationOptions.CONTROLLER, true);
                return new DirectorySource(config.manifests().get(), implied);
            }
        } catch (SourceException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
        var cluster = config.cluster();
        var podsIn = cluster.publishNodes() ? Optional.of(ownNamespace()) : Optional.<String>empty();
        var watched = cluster.secrets() == SecretAccess.WATCH;
        var scope = new WatchScope(cluster.watchNamespace(), cluster.publishService(), ownNamespace(), watched, podsIn);
        return new ReferencedSecrets(new InformerSource(client.get(), scope, refused), client.get(), secrets);
    }

    /** The namespace of this pod, or that of the kubeconfig. */
    String ownNamespace() {
        var namespace = client.get().getNamespace();
        return namespace == null ? TranslationOptions.NAMESPACE : namespace;
    }

    /** What Ingresses show as their addresses. */
    static Publication publication(ClusterOptions cluster) {
        if (!cluster.publishAddresses().isEmpty()) {
            var addresses = cluster.publishAddresses().stream().map(LoadBalancerAddress::of);
            return new Publication.Fixed(addresses.toList());
        }
        if (cluster.publishNodes()) {
            return new Publication.OfNodes();
        }
        return cluster.publishService()
                .<Publication>map(Publication.OfService::new)
                .orElseGet(Publication.None::new);
    }
}
