package dev.adit.cli;

import dev.adit.cli.mode.Inspection;
import dev.adit.cli.mode.Mode;
import dev.adit.config.ControllerConfig;
import dev.adit.demo.SampleApplication;
import dev.adit.kube.KubeSnapshot;
import dev.adit.text.Visible;
import dev.adit.tls.CipherSuites;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The entry point: reads the arguments, and starts Quarkus only for what serves. */
@QuarkusMain
public final class Main {
    private Main() {}

    public static void main(String... args) throws InterruptedException {
        var out = writer(System.out);
        var err = writer(System.err);
        switch (AditCommand.parse(out, err, args)) {
            case Mode.Serve(var config) -> serve(config, err, args);
            case Mode.Demo(var config) -> serve(config, err, args);
            case Mode.Sample sample -> sample(sample, out, err);
            case Mode.Inspect(var inspection) -> inspect(inspection, out, err, args);
            case Mode.Examine(var examination) -> ask(examination.kubeconfig(), args);
            case Mode.Done(var exitCode) -> System.exit(exitCode);
        }
    }

    private static void serve(ControllerConfig config, PrintWriter err, String... args) {
        if (LaunchMode.current() != LaunchMode.DEVELOPMENT) {
            requireFree(config.management().address(), config.management().port(), err);
        }
        ProcessTuning.size();
        System.setProperty(CipherSuites.NO_RENEGOTIATION, "true");
        // In place of one that keeps a tree of priorities, until WholeFrames takes over.
        System.setProperty("vertx.h2StreamByteDistributor", "uniform");
        System.setProperty("quarkus.management.host", config.management().address());
        System.setProperty(
                "quarkus.management.port", Integer.toString(config.management().port()));
        System.setProperty(
                "quarkus.log.console.json.enabled",
                Boolean.toString(config.log().isJson()));
        Quarkus.run(ServeApplication.class, args);
    }

    /** Quarkus binds this port while it starts, and can only fail with a stack trace; in dev mode it holds it already. */
    private static void requireFree(String address, int port, PrintWriter err) {
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            err.println(Visible.of(
                    "adit: --management-port: cannot listen on %s:%d: %s; choose another port or --management-address"
                            .formatted(address, port, e.getMessage())));
            System.exit(1);
        }
    }

    /** A cluster's objects come by the client that Quarkus configures; everything else needs no Quarkus. */
    private static void inspect(Inspection inspection, PrintWriter out, PrintWriter err, String... args) {
        if (inspection.needsCluster()) {
            ask(inspection.kubeconfig(), args);
            return;
        }
        ProcessTuning.nameMachine();
        System.exit(InspectApplication.run(inspection, KubeSnapshot.EMPTY, out, err));
    }

    private static void ask(Optional<Path> kubeconfig, String... args) {
        kubeconfig.ifPresent(file -> System.setProperty("kubeconfig", file.toString())); // as the client calls it
        System.setProperty("quarkus.management.port", "0");
        System.setProperty("quarkus.management.host", "127.0.0.1");
        System.setProperty("quarkus.log.console.stderr", "true");
        System.setProperty("quarkus.log.level", "WARN");
        Quarkus.run(InspectApplication.class, args);
    }

    private static void sample(Mode.Sample sample, PrintWriter out, PrintWriter err) throws InterruptedException {
        var pod = System.getenv().getOrDefault("HOSTNAME", sample.application().name());
        try (var application = SampleApplication.start(
                sample.application(), new InetSocketAddress(sample.port()), pod, sample.peers())) {
            out.printf("%s listens on %d%n", pod, application.port());
            new CountDownLatch(1).await();
        } catch (IOException e) {
            err.printf("adit: --port %d: %s%n", sample.port(), e.getMessage());
            System.exit(1);
        }
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}
