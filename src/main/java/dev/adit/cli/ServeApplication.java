package dev.adit.cli;

import dev.adit.app.IngressController;
import dev.adit.app.StartException;
import dev.adit.cli.mode.Mode;
import dev.adit.config.ControllerConfig;
import dev.adit.demo.DemoSuite;
import dev.adit.text.Version;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The modes that serve, once Quarkus runs. */
public class ServeApplication implements QuarkusApplication {
    private static final Logger LOG = Logger.getLogger("dev.adit");
    private static final int FAILED = 1;

    private final Vertx vertx;
    private final IngressController controller;
    private final ExitCode exit;
    private final AtomicBoolean refused = new AtomicBoolean();

    ServeApplication(Vertx vertx, IngressController controller, ExitCode exit) {
        this.vertx = vertx;
        this.exit = exit;
        this.controller = controller;
    }

    @Override
    public int run(String... args) {
        var discarded = new PrintWriter(PrintWriter.nullWriter());
        return switch (AditCommand.parse(discarded, discarded, args)) {
            case Mode.Serve(var config) -> serve(config);
            case Mode.Demo(var config) -> demo(config);
            case Mode.Sample _, Mode.Inspect _, Mode.Examine _, Mode.Done _ ->
                throw new IllegalStateException("these do not serve");
        };
    }

    private int serve(ControllerConfig config) {
        try {
            controller.start(config, this::refuse);
        } catch (StartException e) {
            return fail(e.getMessage());
        }
        var source = config.manifests()
                .map(directory -> "the manifests in " + directory)
                .orElseGet(() -> config.cluster()
                        .watchNamespace()
                        .map(n -> "namespace " + n)
                        .orElse("all namespaces"));
        LOG.infof(
                "Adit %s serves %s: http %d, https %d, management %s:%d",
                Version.text(),
                source,
                config.httpPort(),
                config.httpsPort(),
                config.management().address(),
                config.management().port());
        LOG.infof("Engine: %s, TLS by %s", ProcessTuning.describe(vertx), controller.tlsLibrary());
        exit.serving();
        Quarkus.waitForExit();
        return refused.get() ? FAILED : 0;
    }

    private int demo(ControllerConfig config) {
        var suite = new DemoSuite();
        controller.closeLast(suite); // its applications answer until everything has been served
        try {
            suite.start(config.manifests().isEmpty());
            var manifests = config.manifests().isPresent() ? config.manifests().get() : suite.manifests();
            announce(config, manifests);
            return serve(config.withManifests(manifests));
        } catch (IOException e) {
            return fail(e.getMessage());
        }
    }

    private static void announce(ControllerConfig config, Path manifests) {
        var port = config.httpPort();
        LOG.infof("""
                Three applications behind one entry point:
                    a page                 http://kiada.localhost:%1$d/
                    a quote                http://api.localhost:%1$d/quote
                    a question             http://api.localhost:%1$d/questions/1
                    the default backend    http://localhost:%1$d/
                    the same with TLS      https://kiada.localhost:%2$d/   (the default certificate: accept it)
                    as an Ingress says it  curl -H 'Host: kiada.example.com' http://localhost:%1$d/
                    what happens           http://localhost:%3$d/
                Edit %4$s and ask again. Ctrl-C ends it.""", port, config.httpsPort(), config.management().port(), manifests);
    }

    private void refuse(Exception reason) {
        if (refused.compareAndSet(false, true)) {
            exit.failed();
            fail(reason.getMessage());
            Quarkus.asyncExit(FAILED);
        }
    }

    private static int fail(@Nullable String reason) {
        LOG.errorf("Adit cannot serve: %s", Optional.ofNullable(reason).orElse("no reason given"));
        return FAILED;
    }
}
