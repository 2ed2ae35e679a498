package dev.adit.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.adit.doctor.Installation;
import dev.adit.doctor.NeededPermission;
import dev.adit.kube.LoadBalancerAddress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.source.SourceException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks an API server about an installation of Adit, for {@code adit doctor}. */
@Singleton
public class ClusterExaminer {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String OWN = "labelSelector=app.kubernetes.io%2Fname%3Dadit";
    private static final String REVIEWS = "/apis/authorization.k8s.io/v1/";

    private final Instance<KubernetesClient> client;

    ClusterExaminer(Instance<KubernetesClient> client) {
        this.client = client;
    }

    /**
     * What there is to know of an installation.
     *
     * @param account the ServiceAccount of Adit, in Adit's namespace
     * @param watched the namespace that is served; empty for all
     * @throws SourceException with a message for whoever asked, where the API server does not answer
     */
    public Installation examine(ObjectKey account, Optional<String> watched) {
        try {
            var version = get("/version").path("gitVersion").asText("unknown");
            var groups = get("/apis").path("groups").valueStream();
            var hasGatewayApi =
                    groups.anyMatch(group -> group.path("name").asText().equals("gateway.networking.k8s.io"));
            var workloads = workloads(account.namespace());
            var arguments = workloads.stream()
                    .flatMap(List::stream)
                    .findFirst()
                    .map(Installation.Workload::arguments)
                    .orElse(List.of());
            var known = new Installation(
                    client().getMasterUrl().toString(),
                    version,
                    ahead(),
                    account,
                    Optional.empty(),
                    workloads,
                    pods(account.namespace()),
                    services(account.namespace()),
                    hasGatewayApi);
            var namespace = watched.or(known::watchedNamespace);
            return known.denying(
                    denied(account, NeededPermission.all(account.namespace(), namespace, hasGatewayApi, arguments)));
        } catch (KubernetesClientException e) {
            var server = "the API server at " + client().getMasterUrl();
            throw new SourceException(
                    e.getCode() == HttpURLConnection.HTTP_UNAUTHORIZED
                                    || e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                            ? server + " does not let you in (" + e.getCode() + "). Check the user of KUBECONFIG."
                            : server + " does not answer: " + cause(e)
                                    + ". Check KUBECONFIG, and whether the address can be reached from here.");
        }
    }

    /** A kubeconfig that cannot be read makes no client. */
    private KubernetesClient client() {
        try {
            return client.get();
        } catch (KubernetesClientException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new SourceException("the kubeconfig cannot be read: " + cause(e)
                    + ". Check KUBECONFIG, or name another one: --kubeconfig.");
        }
    }

    private static String cause(Throwable e) {
        var cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /** The Date of an answer has whole seconds. */
    private Optional<Duration> ahead() {
        var http = client().getHttpClient();
        var before = Instant.now();
        try {
            var answer = http.sendAsync(
                            http.newHttpRequestBuilder()
                                    .uri(client().getMasterUrl().toString() + "version")
                                    .build(),
                            String.class)
                    .join();
            var date = answer.header("date");
            return date == null
                    ? Optional.empty()
                    : Optional.of(Duration.between(
                            before,
                            ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant()));
        } catch (CompletionException | DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /** As somebody who may ask about others, or else as the account itself. */
    private Optional<List<String>> denied(ObjectKey account, List<NeededPermission> needed) {
        var denied = new ArrayList<String>();
        for (var permission : needed) {
            var allowed = isAllowed("subjectaccessreviews", permission, account);
            if (allowed.isEmpty()) {
                return ownDenied(account, needed);
            }
            if (!allowed.get()) {
                denied.add(permission.text());
            }
        }
        return Optional.of(denied);
    }

    private Optional<List<String>> ownDenied(ObjectKey account, List<NeededPermission> needed) {
        var self = "system:serviceaccount:" + account.namespace() + ":" + account.name();
        var user = post("/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}")
                .map(review -> review.at("/status/userInfo/username").asText());
        if (!user.equals(Optional.of(self))) {
            return Optional.empty();
        }
        return Optional.of(needed.stream()
                .filter(permission ->
                        isAllowed("selfsubjectaccessreviews", permission, null).equals(Optional.of(false)))
                .map(NeededPermission::text)
                .toList());
    }

    private Optional<Boolean> isAllowed(String review, NeededPermission permission, @Nullable ObjectKey account) {
        var body = JsonNodeFactory.instance.objectNode();
        var spec = body.putObject("spec");
        spec.putObject("resourceAttributes")
                .put("group", permission.group())
                .put("resource", permission.resource())
                .put("subresource", permission.subresource())
                .put("verb", permission.verb())
                .put("namespace", permission.namespace())
                .put("name", permission.name());
        if (account != null) {
            spec.put("user", "system:serviceaccount:" + account.namespace() + ":" + account.name());
            spec.putArray("groups")
                    .add("system:authenticated")
                    .add("system:serviceaccounts")
                    .add("system:serviceaccounts:" + account.namespace());
        }
        return post(REVIEWS + review, body.toString())
                .map(answer -> answer.at("/status/allowed").asBoolean());
    }

    private Optional<List<Installation.Workload>> workloads(String namespace) {
        var path = "/apis/apps/v1/namespaces/" + namespace + "/";
        return items(path + "deployments?" + OWN)
                .flatMap(deployments -> items(path + "daemonsets?" + OWN)
                        .map(daemonSets -> Stream.concat(
                                        deployments.stream().map(one -> workload("Deployment", one, "/spec/replicas")),
                                        daemonSets.stream()
                                                .map(one ->
                                                        workload("DaemonSet", one, "/status/desiredNumberScheduled")))
                                .toList()));
    }

    private static Installation.Workload workload(String kind, JsonNode workload, String wanted) {
        var arguments = workload.at("/spec/template/spec/containers/0/args")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
        return new Installation.Workload(
                kind,
                workload.at("/metadata/name").asText(),
                workload.at(wanted).asInt(),
                arguments);
    }

    private Optional<List<Installation.Pod>> pods(String namespace) {
        return items("/api/v1/namespaces/" + namespace + "/pods?" + OWN)
                .map(items -> items.stream().map(ClusterExaminer::pod).toList());
    }

    private static Installation.Pod pod(JsonNode pod) {
        var name = pod.at("/metadata/name").asText();
        var waiting = pod.at("/status/containerStatuses")
                .valueStream()
                .map(container -> container.at("/state/waiting"))
                .filter(state -> !state.isMissingNode())
                .map(state -> (state.path("reason").asText() + " "
                                + state.path("message").asText())
                        .strip());
        var conditions = pod.at("/status/conditions").valueStream().toList();
        var isReady = conditions.stream()
                .anyMatch(condition -> condition.path("type").asText().equals("Ready")
                        && condition.path("status").asText().equals("True"));
        var unscheduled = conditions.stream()
                .filter(condition -> condition.path("type").asText().equals("PodScheduled")
                        && condition.path("status").asText().equals("False"))
                .map(condition -> condition.path("message").asText());
        return new Installation.Pod(
                name, isReady, Stream.concat(unscheduled, waiting).findFirst().orElse(""));
    }

    private Optional<List<Installation.Exposure>> services(String namespace) {
        return items("/api/v1/namespaces/" + namespace + "/services")
                .map(items -> items.stream()
                        .filter(service -> service.at("/spec/selector/app.kubernetes.io~1name")
                                        .asText()
                                        .equals("adit")
                                && !service.at("/metadata/labels/app.kubernetes.io~1managed-by")
                                        .asText()
                                        .equals("adit"))
                        .map(ClusterExaminer::exposure)
                        .toList());
    }

    private static Installation.Exposure exposure(JsonNode service) {
        var addresses = service.at("/status/loadBalancer/ingress")
                .valueStream()
                .map(one -> new LoadBalancerAddress(
                        one.path("ip").asText(), one.path("hostname").asText()))
                .toList();
        return new Installation.Exposure(
                service.at("/metadata/name").asText(),
                service.at("/spec/type").asText("ClusterIP"),
                service.at("/spec/externalTrafficPolicy").asText().equals("Local"),
                addresses);
    }

    private Optional<List<JsonNode>> items(String path) {
        try {
            return Optional.of(get(path).path("items").valueStream().toList());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private JsonNode get(String path) {
        return json(client().raw(path));
    }

    /** Empty where it is not allowed. */
    private Optional<JsonNode> post(String path, String body) {
        try {
            return Optional.of(json(client().raw(path, "POST", body)));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static JsonNode json(@Nullable String text) {
        try {
            return text == null ? MAPPER.missingNode() : MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new KubernetesClientException("an answer is not JSON", e);
        }
    }
}
