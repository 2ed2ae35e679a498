package dev.adit.app;

import dev.adit.admin.ManagementAccess;
import dev.adit.collection.Layered;
import dev.adit.config.ControllerConfig;
import dev.adit.config.DrainPolicy;
import dev.adit.control.ChangeLog;
import dev.adit.control.ControlLoop;
import dev.adit.control.ControlState;
import dev.adit.control.ControlView;
import dev.adit.control.incremental.IncrementalTranslator;
import dev.adit.downstream.listener.ProxyVerticle;
import dev.adit.exchange.Remembered;
import dev.adit.exchange.UpstreamTimeouts;
import dev.adit.explain.Explainer;
import dev.adit.explain.Explanations;
import dev.adit.extension.Interceptors;
import dev.adit.extension.RouteInterceptor;
import dev.adit.http.ClientPolicy;
import dev.adit.kube.Ingress;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.kube.Problem;
import dev.adit.kube.source.SnapshotSource;
import dev.adit.kube.source.SourceException;
import dev.adit.kube.status.StatusReporter;
import dev.adit.kube.watch.ConnectionFailures;
import dev.adit.match.Generation;
import dev.adit.nativeimage.StartPages;
import dev.adit.observe.TrafficMeters;
import dev.adit.observe.series.RouteMeters;
import dev.adit.observe.statistics.Statistics;
import dev.adit.routing.Certificate;
import dev.adit.routing.RoutingTable;
import dev.adit.state.StateFile;
import dev.adit.state.StateKeeper;
import dev.adit.state.StateKey;
import dev.adit.tls.CertificateTable;
import dev.adit.tls.DefaultCertificate;
import dev.adit.tls.ServerTls;
import dev.adit.tls.SniKeyManager;
import dev.adit.translate.ingress.OtherClasses;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.arc.All;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The composition root: builds every part by constructor, starts them in order and closes them in reverse. */
@Singleton
public class IngressController implements ControlView {
    private static final Logger LOG = Logger.getLogger("dev.adit");
    private static final String LEASE = "adit-leader";
    private static final Duration RECHECK = Duration.ofMinutes(10);

    private final Vertx vertx;
    private final Interceptors interceptors;
    private final Instance<KubernetesClient> client;
    private final ObjectSources objects;
    private final Clock clock = Clock.systemUTC();
    private final Observation observation = new Observation(clock);
    private final ChangeLog changeLog = new ChangeLog();
    private final ManagementAccess access;
    private final Certificate defaultCertificate = DefaultCertificate.generate(clock.instant());
    private final List<AutoCloseable> running = new ArrayList<>();
    private volatile @Nullable ControlLoop loop;
    private volatile @Nullable ProxyDeployment proxy;
    private volatile DrainPolicy drainPolicy = new DrainPolicy(Duration.ZERO, Duration.ZERO);
    private volatile ClientPolicy clients = ClientPolicy.DEFAULT;
    private volatile boolean draining;
    private volatile String tlsLibrary = "";
    private volatile int plainPort;
    // Why Ingresses are not ours.
    private volatile Function<Predicate<Ingress>, List<Problem>> others = _ -> List.of();
    private volatile Objects objectsNow = KubeSnapshot.EMPTY;

    IngressController(
            Vertx vertx,
            Instance<KubernetesClient> client,
            ConnectionFailures connectionFailures,
            ManagementAccess access,
            @All List<RouteInterceptor> interceptors) {
        this.access = access;
        this.vertx = vertx;
        this.interceptors = new Interceptors(interceptors);
        this.client = client;
        this.objects = new ObjectSources(vertx, client, connectionFailures);
    }

    /**
     * Starts everything and returns when the listeners are bound.
     *
     * @param refused told when the source turns out to be unusable later on
     * @throws StartException with a message for the operator
     */
    public void start(ControllerConfig config, Consumer<SourceException> refused) throws StartException {
        access.require(config.management().tokenFile());
        config.log().levelFile().ifPresent(file -> running.add(new LogLevelFile(file)));
        var options = config.manifests().isPresent()
                ? config.translation()
                : config.translation().within(objects.ownNamespace());
        var translator = new IncrementalTranslator(options, clock);
        var kept = state(config);
        var source = objects.source(config, translator, kept, refused);
        others = new OtherClasses(source, options)::problems;
        objectsNow = source;
        var listeners = new ArrayList<BiConsumer<KubeSnapshot, ControlState>>();
        listeners.add(changeLog);
        var pages = new StartPages();
        listeners.add((_, _) -> pages.releaseSoon());
        var tls = ServerTls.of(port -> certificates(state().generation(), port));
        running.add(tls);
        tlsLibrary = tls.name();
        if (config.ticketKeys().isPresent()) {
            running.add(new TicketKeysFile(config.ticketKeys().get(), tls));
        }
        listeners.add((_, _) -> tls.refresh());
        listeners.add((_, now) -> open(now.generation().table()));
        if (config.manifests().isEmpty()) {
            listeners.add(reporting(config, source, pages));
        }
        var control = new ControlLoop(source, translator, listeners, clock);
        loop = control;
        listen(config, control, tls);
        drainPolicy = config.drain();
        clients = config.clients();
        control.start();
        vertx.setPeriodic(RECHECK.toMillis(), _ -> control.recheck()); // certificates expire
        running.add(control);
        kept.ifPresent(file -> keep(file, control, translator, source));
    }

    /** Has something closed when all exchanges have come to their end. Only before {@link #start}. */
    public void closeLast(AutoCloseable part) {
        running.add(part);
    }

    private Optional<StateFile> state(ControllerConfig config) throws StartException {
        config.state()
                .filter(options -> options.key().isEmpty())
                .ifPresent(options -> LOG.warnf(
                        "The state in '%s' is kept without a --state-key: who may write there decides what is served where there"
                                + " is no API server at a start, and no private key is kept. Give one",
                        options.folder()));
        try {
            return config.state()
                    .map(options -> new StateFile(
                            options.folder(),
                            objects.identity(config),
                            options.key().map(StateKey::of)));
        } catch (SourceException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private void keep(StateFile file, ControlLoop control, IncrementalTranslator translator, SnapshotSource source) {
        var keeper = new StateKeeper(
                file,
                () -> {
                    var state = control.state();
                    return state.synced() && !state.stale() ? state.changedAt() : Instant.EPOCH;
                },
                () -> translator.served(control.state().translation().own(), source));
        keeper.start();
        running.add(keeper);
    }

    /** Where plain requests are served in dev mode, behind the listener of Quarkus: see {@link DevListener}. */
    int plainPort() {
        return plainPort;
    }

    /** What speaks TLS with clients. */
    public String tlsLibrary() {
        return tlsLibrary;
    }

    @Override
    public ControlState state() {
        var control = loop;
        return control == null ? ControlState.INITIAL : control.state();
    }

    @Produces
    @Singleton
    ChangeLog changeLog() {
        return changeLog;
    }

    @Override
    public boolean isAlive() {
        var control = loop;
        return control == null || control.isAlive();
    }

    @Produces
    @Singleton
    TrafficMeters trafficMeters() {
        return observation.traffic();
    }

    @Produces
    @Singleton
    RouteMeters routeMeters() {
        return observation.routes();
    }

    @Produces
    @Singleton
    Statistics statistics() {
        return observation.statistics();
    }

    @Produces
    @Singleton
    Explanations explanations() {
        return question -> {
            var now = state();
            return new Explainer(
                            now.generation(),
                            now.translation(),
                            port -> certificates(now.generation(), port),
                            clients.slashes(),
                            objectsNow,
                            others)
                    .explain(question);
        };
    }

    /** On the thread of the control loop. */
    private void open(RoutingTable table) {
        var deployment = proxy;
        if (deployment != null) {
            deployment.open(table.ownPorts());
        }
    }

    @Override
    public boolean isDraining() {
        return draining;
    }

    @Override
    public boolean isListening() {
        var deployment = proxy;
        return deployment != null && deployment.hasOpened();
    }

    /**
     * Says that it goes, serves until the load balancers have heard of it, and lets every exchange come to its end. Quarkus
     * tells its own parts, the health of which is one, only after all observers.
     */
    void stop(@Observes ShutdownEvent event) {
        draining = true;
        var deployment = proxy;
        // Who has served nothing yet has nobody to wait for.
        var hasServed = state().generation().number() > 0;
        if (deployment != null && hasServed && LaunchMode.current() != LaunchMode.DEVELOPMENT) {
            deployment.drain(drainPolicy);
        }
        for (var part : running.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warnf("%s did not close: %s", part.getClass().getSimpleName(), e.getMessage());
            }
        }
        running.clear();
        loop = null;
    }

    private CertificateTable certificates(Generation generation, Integer port) {
        return new CertificateTable(generation.table(), port, defaultCertificate);
    }

    private BiConsumer<KubeSnapshot, ControlState> reporting(
            ControllerConfig config, SnapshotSource source, StartPages pages) {
        var lease = new ObjectKey(objects.ownNamespace(), LEASE);
        var host = System.getenv().getOrDefault("HOSTNAME", "adit");
        var identity = host + "-" + UUID.randomUUID().toString().substring(0, 8);
        var reporter = new StatusReporter(
                client.get(),
                lease,
                identity,
                clock,
                config.cluster().writesStatus(),
                config.cluster().publishService(),
                pages::collect);
        reporter.start();
        running.add(reporter);
        var publication = ObjectSources.publication(config.cluster());
        // What was served before the start may have changed since: nothing is said of it until it has been read.
        return (snapshot, state) -> {
            if (!state.stale()) {
                reporter.report(new StatusReporter.Report(
                        config.cluster().writesStatus() ? state.translation().statuses() : Layered.empty(),
                        publication.addresses(snapshot),
                        state.translation().problems(),
                        source));
            }
        };
    }

    private static int freePort() throws StartException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartException("no port is free: " + e.getMessage(), e);
        }
    }

    private void listen(ControllerConfig config, ControlLoop control, ServerTls tls) throws StartException {
        // In dev mode the port is held by Quarkus, which passes requests on: see DevListener.
        plainPort = LaunchMode.current() == LaunchMode.DEVELOPMENT ? freePort() : config.httpPort();
        var listeners = new ProxyVerticle.Listeners(config.listenAddress(), plainPort, config.httpsPort());
        var remembered = Remembered.nothing();
        var observers = observation.start(config.observation(), running::add); // these are closed after the proxy
        var deployment = new ProxyDeployment(
                vertx,
                () -> new ProxyVerticle(
                        listeners,
                        control::generation,
                        port -> new SniKeyManager(() -> certificates(control.generation(), port)),
                        tls,
                        UpstreamTimeouts.DEFAULT,
                        config.clients(),
                        interceptors,
                        observers,
                        remembered));
        deployment.start();
        observation.traffic().proxy(deployment);
        running.add(deployment);
        proxy = deployment;
    }
}
