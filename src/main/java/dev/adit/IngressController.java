package dev.adit;

import dev.adit.config.ControllerConfig;
import dev.adit.control.ChangeLog;
import dev.adit.control.ControlLoop;
import dev.adit.control.ControlState;
import dev.adit.control.ControlView;
import dev.adit.extension.Interceptors;
import dev.adit.extension.RouteInterceptor;
import dev.adit.http.ClientPolicy;
import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.LoadBalancerAddress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.SnapshotSource;
import dev.adit.kube.SourceException;
import dev.adit.kube.files.DirectorySource;
import dev.adit.kube.status.Publication;
import dev.adit.kube.status.StatusReporter;
import dev.adit.kube.watch.InformerSource;
import dev.adit.kube.watch.WatchScope;
import dev.adit.match.Generation;
import dev.adit.meter.TrafficMeters;
import dev.adit.nativeimage.StartPages;
import dev.adit.proxy.ProxyVerticle;
import dev.adit.routing.Certificate;
import dev.adit.tls.CertificateTable;
import dev.adit.tls.DefaultCertificate;
import dev.adit.tls.SniKeyManager;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.ingress.IngressTranslator;
import dev.adit.upstream.UpstreamTimeouts;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.arc.All;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The composition root: builds every part by constructor, starts them in order and closes them in reverse. */
@Singleton
public class IngressController implements ControlView {
    private static final String LEASE = "adit-leader";

    private final Vertx vertx;
    private final Interceptors interceptors;
    private final Instance<KubernetesClient> client;
    private final Clock clock = Clock.systemUTC();
    private final TrafficMeters meters = new TrafficMeters();
    private final CertificateStore certificates = new CertificateStore(DefaultCertificate.generate(clock.instant()));
    private final List<AutoCloseable> running = new ArrayList<>();
    private volatile @Nullable ControlLoop loop;

    IngressController(Vertx vertx, Instance<KubernetesClient> client, @All List<RouteInterceptor> interceptors) {
        this.vertx = vertx;
        this.interceptors = new Interceptors(interceptors);
        this.client = client;
    }

    /**
     * Starts everything and returns when the listeners are bound.
     *
     * @param refused told when the source turns out to be unusable later on
     * @throws StartException with a message for the operator
     */
    public void start(ControllerConfig config, Consumer<SourceException> refused) throws StartException {
        var translator = new IngressTranslator(new TranslationOptions(config.ingressClass(), config.defaultBackend()));
        var listeners = new ArrayList<BiConsumer<KubeSnapshot, ControlState>>();
        listeners.add((_, state) -> certificates.publish(state.generation()));
        listeners.add(new ChangeLog());
        var pages = new StartPages();
        listeners.add((_, _) -> pages.releaseSoon());
        if (config.manifests().isEmpty()) {
            listeners.add(reporting(config));
        }
        var control = new ControlLoop(source(config, refused), translator::translate, listeners, clock);
        loop = control;
        listen(config, control);
        control.start();
        running.add(control);
    }

    /** The handler of plain requests on the calling event loop, for a listener that is not the proxy's own. */
    public Handler<HttpServerRequest> handler() {
        return ProxyVerticle.handler(
                vertx, this::generation, UpstreamTimeouts.DEFAULT, ClientPolicy.DEFAULT, interceptors, meters);
    }

    @Override
    public ControlState state() {
        var control = loop;
        return control == null ? ControlState.INITIAL : control.state();
    }

    @Override
    public boolean isAlive() {
        var control = loop;
        return control == null || control.isAlive();
    }

    @Produces
    @Singleton
    TrafficMeters trafficMeters() {
        return meters;
    }

    void stop(@Observes ShutdownEvent event) {
        running.reversed().forEach(part -> {
            try {
                part.close();
            } catch (Exception e) {
                throw new IllegalStateException(part.getClass().getSimpleName() + " did not close", e);
            }
        });
        running.clear();
        loop = null;
    }

    private Generation generation() {
        return state().generation();
    }

    private SnapshotSource source(ControllerConfig config, Consumer<SourceException> refused) throws StartException {
        try {
            if (config.manifests().isPresent()) {
                var implied = new IngressClass(config.ingressClass(), TranslationOptions.CONTROLLER, true);
                return new DirectorySource(config.manifests().get(), implied);
            }
        } catch (SourceException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
        var podsIn = config.publishNodes() ? Optional.of(ownNamespace()) : Optional.<String>empty();
        var scope = new WatchScope(config.watchNamespace(), config.publishService(), podsIn);
        return new InformerSource(client.get(), scope, refused);
    }

    private BiConsumer<KubeSnapshot, ControlState> reporting(ControllerConfig config) {
        var lease = new ObjectKey(ownNamespace(), LEASE);
        var host = System.getenv().getOrDefault("HOSTNAME", "adit");
        var identity = host + "-" + UUID.randomUUID().toString().substring(0, 8);
        var reporter = new StatusReporter(client.get(), lease, identity, clock);
        reporter.start();
        running.add(reporter);
        var publication = publication(config);
        return (snapshot, state) -> reporter.report(new StatusReporter.Report(
                state.translation().own(),
                publication.addresses(snapshot),
                state.translation().problems()));
    }

    private String ownNamespace() {
        var namespace = client.get().getNamespace();
        return namespace == null ? "default" : namespace;
    }

    private static Publication publication(ControllerConfig config) {
        if (!config.publishAddresses().isEmpty()) {
            var addresses = config.publishAddresses().stream().map(LoadBalancerAddress::of);
            return new Publication.Fixed(addresses.toList());
        }
        if (config.publishNodes()) {
            return new Publication.OfNodes();
        }
        return config.publishService()
                .<Publication>map(Publication.OfService::new)
                .orElseGet(Publication.None::new);
    }

    private void listen(ControllerConfig config, ControlLoop control) throws StartException {
        // In dev mode the plain listener is that of Quarkus: see DevListener.
        var dev = LaunchMode.current() == LaunchMode.DEVELOPMENT;
        var listeners = new ProxyVerticle.Listeners(
                config.listenAddress(), dev ? ProxyVerticle.Listeners.NONE : config.httpPort(), config.httpsPort());
        var keys = new SniKeyManager(certificates::table);
        var options = new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        var deployment = vertx.deployVerticle(
                () -> new ProxyVerticle(
                        listeners,
                        control::generation,
                        keys,
                        UpstreamTimeouts.DEFAULT,
                        config.clients(),
                        interceptors,
                        meters),
                options);
        try {
            var id = deployment.toCompletionStage().toCompletableFuture().get();
            running.add(() ->
                    vertx.undeploy(id).toCompletionStage().toCompletableFuture().get());
        } catch (ExecutionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            throw new StartException(String.valueOf(cause.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while starting", e);
        }
    }

    /** The certificates of the live generation. */
    private static final class CertificateStore {
        private final Certificate fallback;
        private volatile Generation published = Generation.NONE;
        private volatile CertificateTable table;

        CertificateStore(Certificate fallback) {
            this.fallback = fallback;
            table = CertificateTable.compile(published.table(), fallback);
        }

        CertificateTable table() {
            return table;
        }

        void publish(Generation generation) {
            if (generation.number() != published.number()) {
                table = CertificateTable.compile(generation.table(), fallback);
                published = generation;
            }
        }
    }
}
