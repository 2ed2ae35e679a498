package dev.adit.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.adit.kube.api.SharedTexts;
import dev.adit.kube.watch.ConnectionFailures;
import dev.adit.kube.watch.InformerSource;
import dev.adit.kube.watch.PageBound;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapper;
import io.quarkus.kubernetes.client.KubernetesConfigCustomizer;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** How the client is used here: which kinds it may meet, and how it watches them. */
@Singleton
final class KubernetesAccess {

    /** In the default it would be every kind of Kubernetes. */
    @Produces
    @Singleton
    KubernetesSerialization serialization(@KubernetesClientObjectMapper ObjectMapper mapper) {
        mapper.registerModule(SharedTexts.module());
        var serialization = new KubernetesSerialization(mapper, false);
        InformerSource.wireTypes().forEach(serialization::registerKubernetesResource);
        return serialization;
    }

    @Produces
    @Singleton
    ConnectionFailures connectionFailures() {
        return new ConnectionFailures();
    }

    /** In the place of the one that Quarkus would make, which takes pages of any size. */
    @Produces
    @Singleton
    KubernetesClient client(
            KubernetesSerialization serialization, Config config, ConnectionFailures connectionFailures) {
        return new KubernetesClientBuilder()
                .withKubernetesSerialization(serialization)
                .withConfig(config)
                .withHttpClientBuilderConsumer(
                        builder -> builder.addOrReplaceInterceptor(PageBound.NAME, new PageBound())
                                .addOrReplaceInterceptor(ConnectionFailures.NAME, connectionFailures))
                .build();
    }

    void close(@Disposes KubernetesClient client) {
        client.close();
    }

    /** A WebSocket takes a connection of its own, with a handshake of its own; a plain watch takes that of the list. */
    @Produces
    @Singleton
    KubernetesConfigCustomizer watches() {
        return config -> {
            config.setOnlyHttpWatches(true);
            config.setRequestRetryBackoffLimit(1); // without any, nobody is told of what had no answer
        };
    }
}
