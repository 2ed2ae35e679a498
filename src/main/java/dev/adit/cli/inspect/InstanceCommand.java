package dev.adit.cli.inspect;

import dev.adit.cli.mode.Inspection;
import dev.adit.cli.mode.Mode;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.Looks;
import dev.adit.kube.ObjectKey;
import dev.adit.translate.TranslationOptions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A question that only a running Adit can answer. */
abstract class InstanceCommand implements Callable<Mode>, Inspection {
    @Mixin
    private InstanceOptions instance = new InstanceOptions();

    final InstanceOptions instance() {
        return instance;
    }

    @Override
    public Mode call() {
        return new Mode.Inspect(this);
    }

    @Override
    public final boolean needsCluster() {
        return false;
    }

    @Override
    public final String controllerNamespace() {
        return TranslationOptions.NAMESPACE;
    }

    @Override
    public final Looks looks(KubeSnapshot watched) {
        return new Looks();
    }

    @Override
    public final Optional<ObjectKey> configMap() {
        return Optional.empty();
    }
}
