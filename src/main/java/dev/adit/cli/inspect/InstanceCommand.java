package dev.adit.cli.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.adit.cli.mode.Inspection;
import dev.adit.cli.mode.Mode;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.Looks;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.source.SourceException;
import dev.adit.translate.TranslationOptions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A question that only a running Adit can answer. */
abstract class InstanceCommand implements Callable<Mode>, Inspection {
    static final String API = "/api/v1/";

    @Mixin
    private InstanceOptions instance = new InstanceOptions();

    final String ask(String target) {
        return instance.ask(target);
    }

    final JsonNode json(String resource) {
        return parsed(ask(API + resource));
    }

    static JsonNode parsed(String answer) {
        try {
            return JsonMapper.builder().build().readTree(answer);
        } catch (JsonProcessingException e) {
            throw new SourceException("the management port does not answer as Adit does: " + e.getOriginalMessage());
        }
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
