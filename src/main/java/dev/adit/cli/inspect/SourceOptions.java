package dev.adit.cli.inspect;

import dev.adit.cli.options.AskedCluster;
import dev.adit.cli.options.TranslationArguments;
import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.Looks;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.files.ManifestSet;
import dev.adit.translate.Translation;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.assembly.Assembler;
import dev.adit.translate.ingress.OtherClasses;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
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

    @Mixin(name = "Cluster")
    private AskedCluster asked = new AskedCluster();

    @Mixin(name = "Instance")
    private InstanceOptions instance = new InstanceOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Output format: ${COMPLETION-CANDIDATES} [default: text]")
    private Format format = Format.TEXT;

    @Mixin(name = "As served")
    private TranslationArguments translation = new TranslationArguments();

    Format format() {
        return format;
    }

    /** The Adit on this machine. */
    InstanceOptions instance() {
        return instance;
    }

    boolean needsCluster() {
        return cluster;
    }

    Optional<Path> kubeconfig() {
        return asked.kubeconfig();
    }

    String controllerNamespace() {
        return asked.controllerNamespace();
    }

    Optional<ObjectKey> configMap() {
        return translation.configMap();
    }

    /** Whether a running Adit is asked, rather than objects. */
    boolean asksInstance() {
        return manifests == null && !cluster;
    }

    KubeSnapshot snapshot(KubeSnapshot ofCluster) {
        return manifests == null ? ofCluster : new ManifestSet().add(manifests).snapshot(impliedClass());
    }

    /** Manifests as if applied to what is asked about; Ingresses for ingress-nginx are among those that are served. */
    KubeSnapshot withIngressNginx(ManifestSet manifests, KubeSnapshot ofCluster) {
        return asksInstance()
                ? manifests.snapshot(
                        options().servingIngressNginx(Optional.empty()).impliedClass())
                : manifests.over(snapshot(ofCluster));
    }

    IngressClass impliedClass() {
        return options().impliedClass();
    }

    TranslationOptions options() {
        var namespace = cluster ? asked.controllerNamespace() : TranslationOptions.NAMESPACE;
        return translation.options(namespace, TranslationOptions.MAX_TARGET);
    }

    /** What is referred to, by Ingresses for ingress-nginx too. */
    Looks looks(KubeSnapshot watched, Optional<ObjectKey> configMap) {
        return new Assembler(options().servingIngressNginx(configMap)).looks(watched, Instant.now());
    }

    /** The Ingresses that are not served, and why. */
    OtherClasses others(KubeSnapshot snapshot) {
        return new OtherClasses(snapshot, options());
    }

    Translation translate(KubeSnapshot snapshot) {
        return translate(snapshot, options());
    }

    Translation translate(KubeSnapshot snapshot, TranslationOptions served) {
        return new Assembler(served).translate(snapshot, Instant.now());
    }
}
