package dev.adit.cli.inspect;

import dev.adit.cli.options.DefaultBackendConverter;
import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.files.ManifestSet;
import dev.adit.translate.DefaultBackend;
import dev.adit.translate.Placement;
import dev.adit.translate.Translation;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.assembly.Assembler;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is asked about, and how the answer looks. */
final class SourceOptions {
    enum Format {
        TEXT,
        JSON
    }

    @Option(names = "--manifests", paramLabel = "DIR", description = "Ask about the manifests of a folder or a file")
    private @Nullable Path manifests;

    @Option(names = "--cluster", description = "Ask about the cluster that KUBECONFIG or ~/.kube/config names")
    private boolean cluster;

    @Option(
            names = "--controller-namespace",
            paramLabel = "NAMESPACE",
            defaultValue = "${env:ADIT_CONTROLLER_NAMESPACE:-adit-system}",
            description = "With --cluster: where its Adit is [ADIT_CONTROLLER_NAMESPACE; default: adit-system]")
    private String controllerNamespace = "";

    @Option(
            names = "--management-port",
            paramLabel = "PORT",
            defaultValue = "${env:ADIT_MANAGEMENT_PORT:-9000}",
            description =
                    "explain, routes: ask the Adit that runs here, unless told otherwise [ADIT_MANAGEMENT_PORT; default: 9000]")
    private int managementPort;

    @Option(
            names = "--management-address",
            paramLabel = "IP",
            defaultValue = "${env:ADIT_MANAGEMENT_ADDRESS:-127.0.0.1}",
            description = "The address of its management port, where it listens on one alone [ADIT_MANAGEMENT_ADDRESS;"
                    + " default: 127.0.0.1]")
    private String managementAddress = "";

    @Option(
            names = "--ingress-class",
            paramLabel = "NAME",
            defaultValue = "${env:ADIT_INGRESS_CLASS:-" + TranslationOptions.CLASS + "}",
            description =
                    "The IngressClass that is served [ADIT_INGRESS_CLASS; default: " + TranslationOptions.CLASS + "]")
    private String ingressClass = TranslationOptions.CLASS;

    @Option(
            names = "--default-backend",
            paramLabel = "NS/NAME[:PORT]",
            converter = DefaultBackendConverter.class,
            defaultValue = "${env:ADIT_DEFAULT_BACKEND:-" + Option.NULL_VALUE + "}",
            description = "Service for requests that no Ingress takes [ADIT_DEFAULT_BACKEND; default: none]")
    private @Nullable DefaultBackend defaultBackend;

    @Option(
            names = "--external-names",
            defaultValue = "${env:ADIT_EXTERNAL_NAMES:-false}",
            description = "As the option of serve [ADIT_EXTERNAL_NAMES; default: false]")
    private boolean externalNames;

    @Option(
            names = "--ssl-redirect",
            defaultValue = "${env:ADIT_SSL_REDIRECT:-false}",
            description = "As the option of serve [ADIT_SSL_REDIRECT; default: false]")
    private boolean sslRedirect;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} [default: text]")
    private Format format = Format.TEXT;

    Format format() {
        return format;
    }

    /** What an Adit on this machine answers, whose management port has that path. */
    String ask(String target) {
        return ManagementClient.get(managementAddress, managementPort, target);
    }

    boolean needsCluster() {
        return cluster;
    }

    String controllerNamespace() {
        return controllerNamespace;
    }

    /** Whether a running Adit is asked, rather than objects. */
    boolean asksInstance() {
        return manifests == null && !cluster;
    }

    KubeSnapshot snapshot(KubeSnapshot ofCluster) {
        return manifests == null ? ofCluster : new ManifestSet().add(manifests).snapshot(impliedClass());
    }

    IngressClass impliedClass() {
        return IngressClass.of(ingressClass, TranslationOptions.CONTROLLER, true);
    }

    Translation translate(KubeSnapshot snapshot) {
        var backend = Optional.ofNullable(defaultBackend);
        var options = new TranslationOptions(
                ingressClass,
                backend,
                sslRedirect,
                Placement.UNKNOWN,
                cluster ? controllerNamespace : TranslationOptions.NAMESPACE,
                externalNames,
                TranslationOptions.MAX_TARGET);
        return new Assembler(options).translate(snapshot, Instant.now());
    }
}
