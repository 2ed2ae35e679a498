package dev.adit.cli.inspect;

import dev.adit.cli.mode.Inspection;
import dev.adit.cli.mode.Mode;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.Looks;
import dev.adit.kube.ObjectKey;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** What every question has: where its answer is looked for. */
abstract class InspectCommand implements Callable<Mode>, Inspection {
    @Mixin
    private SourceOptions source = new SourceOptions();

    final SourceOptions source() {
        return source;
    }

    @Override
    public Mode call() {
        return new Mode.Inspect(this);
    }

    @Override
    public final boolean needsCluster() {
        return source.needsCluster();
    }

    @Override
    public final Optional<Path> kubeconfig() {
        return source.kubeconfig();
    }

    @Override
    public final String controllerNamespace() {
        return source.controllerNamespace();
    }

    @Override
    public final Looks looks(KubeSnapshot watched) {
        return source.looks(watched, configMap());
    }

    @Override
    public Optional<ObjectKey> configMap() {
        return source.configMap();
    }
}
