package dev.adit.app;

import dev.adit.config.ClusterOptions;
import dev.adit.config.ControllerConfig;
import dev.adit.config.SecretAccess;
import dev.adit.control.incremental.IncrementalTranslator;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.LoadBalancerAddress;
import dev.adit.kube.Service;
import dev.adit.kube.dns.DnsLookup;
import dev.adit.kube.dns.ExternalNames;
import dev.adit.kube.files.DirectorySource;
import dev.adit.kube.source.SnapshotSource;
import dev.adit.kube.source.SourceException;
import dev.adit.kube.status.Publication;
import dev.adit.kube.watch.ConnectionFailures;
import dev.adit.kube.watch.InformerSource;
import dev.adit.kube.watch.ReferencedObjects;
import dev.adit.kube.watch.WatchScope;
import dev.adit.state.ResumedSource;
import dev.adit.state.StateFile;
import dev.adit.translate.TranslationOptions;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** Where the objects come from that are served, as the settings say. */
final class ObjectSources {
    private static final Logger LOG = Logger.getLogger("dev.adit");

    private final Vertx vertx;
    private final Instance<KubernetesClient> client;
    private final ConnectionFailures connectionFailures;

    ObjectSources(Vertx vertx, Instance<KubernetesClient> client, ConnectionFailures connectionFailures) {
        this.connectionFailures = connectionFailures;
        this.vertx = vertx;
        this.client = client;
    }

    /**
     * A folder or a cluster.
     *
     * @param translator who knows which objects matter
     * @param state what was served before the start
     * @param refused told when the cluster turns out to be unusable
     */
    SnapshotSource source(
            ControllerConfig config,
            IncrementalTranslator translator,
            Optional<StateFile> state,
            Consumer<SourceException> refused)
            throws StartException {
        var remembered = state.flatMap(ObjectSources::read);
        var live = live(config, translator, refusal -> {
            if (remembered.isEmpty()) {
                refused.accept(refusal);
                return false;
            }
            LOG.warnf("%s. What was served before the start stays in force; trying again", refusal.getMessage());
            return true;
        });
        var source = external(config, translator, live);
        return remembered
                .<SnapshotSource>map(snapshot -> new ResumedSource(source, snapshot))
                .orElse(source);
    }

    private static Optional<KubeSnapshot> read(StateFile state) {
        try {
            return state.read();
        } catch (StateFile.UnusableException e) {
            LOG.warn(e.getMessage());
            return Optional.empty();
        }
    }

    private SnapshotSource external(ControllerConfig config, IncrementalTranslator translator, SnapshotSource objects) {
        if (!config.translation().externalNames()) {
            return objects;
        }
        var context = (ContextInternal) vertx.getOrCreateContext();
        var transport = ((VertxInternal) vertx).transport();
        var servers = DnsServerAddressStreamProviders.platformDefault();
        var lookup = new DnsLookup(context.nettyEventLoop(), transport::datagramChannel, servers);
        return new ExternalNames(objects, lookup, all -> translator.referred(Service.KIND, all));
    }

    private SnapshotSource live(
            ControllerConfig config, IncrementalTranslator translator, Predicate<SourceException> refused)
            throws StartException {
        try {
            if (config.manifests().isPresent()) {
                var implied = config.translation().impliedClass();
                return new DirectorySource(config.manifests().get(), implied);
            }
        } catch (SourceException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
        var cluster = config.cluster();
        var podsIn = cluster.publishNodes() ? Optional.of(ownNamespace()) : Optional.<String>empty();
        var watched = cluster.secrets() == SecretAccess.WATCH;
        var scope = new WatchScope(
                cluster.watchNamespace(),
                cluster.publishService(),
                ownNamespace(),
                watched,
                podsIn,
                config.translation().configMap());
        return new ReferencedObjects(
                new InformerSource(client.get(), connectionFailures, scope, refused), client.get(), translator::looked);
    }

    /** Of the cluster, and of what of it is served: what was kept of another one is of no use. */
    String identity(ControllerConfig config) {
        var part =
                config.cluster().watchNamespace().map(ns -> "namespace " + ns).orElse("all namespaces");
        return "class %s in %s of %s"
                .formatted(
                        config.translation().ingressClass(), part, client.get().getMasterUrl());
    }

    /** The namespace of this pod, or that of the kubeconfig. */
    String ownNamespace() {
        var namespace = client.get().getNamespace();
        return namespace == null ? TranslationOptions.NAMESPACE : namespace;
    }

    /** What Ingresses show as their addresses. */
    static Publication publication(ClusterOptions cluster) {
        if (!cluster.writesStatus()) {
            return new Publication.None();
        }
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
