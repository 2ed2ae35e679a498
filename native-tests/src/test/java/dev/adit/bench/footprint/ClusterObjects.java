package dev.adit.bench.footprint;

import dev.adit.bench.KeyPairs;
import dev.adit.bench.Scale;
import dev.adit.testbed.Cluster;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Fills a cluster with the objects of a scale: a Service, a slice and an Ingress for each route, and the Secrets. */
public final class ClusterObjects {
    /** Where the API server has them. */
    public static final String HTTP_ROUTES = "/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes";

    private static final int PARALLEL = 16;

    private final HttpClient http;
    private final URI api;
    private final String token;
    private final Semaphore permits = new Semaphore(PARALLEL);
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    public ClusterObjects(Cluster cluster, String token) throws Exception {
        this(cluster.ca(), cluster.api(), token);
    }

    /** By the certificate of the authority, and the address of the API server. */
    public ClusterObjects(Path ca, URI api, String token) throws Exception {
        this.http = HttpClient.newBuilder().sslContext(trust(ca)).build();
        this.api = api;
        this.token = token;
    }

    /** Adds the routes from {@code from} up to those of the scale. */
    public void add(int from, Scale scale, KeyPairs pairs, InetSocketAddress origin)
            throws IOException, InterruptedException {
        for (var i = from; i < scale.routes(); i++) {
            addService(i, origin);
            if (i < scale.certificates()) {
                post(
                        "/api/v1/namespaces/default/secrets",
                        secret(i, pairs.pairs().get(i)));
            }
            post("/apis/networking.k8s.io/v1/namespaces/default/ingresses", ingress(i, scale));
        }
        finish();
    }

    /** Adds the routes of a scale as HTTPRoutes of the Gateway {@code edge}. */
    public void addHttpRoutes(Scale scale, InetSocketAddress origin) throws IOException, InterruptedException {
        for (var i = 0; i < scale.routes(); i++) {
            addService(i, origin);
            post(HTTP_ROUTES, httpRoute(i, scale));
        }
        finish();
    }

    private void addService(int i, InetSocketAddress origin) throws InterruptedException {
        post("/api/v1/namespaces/default/services", service(i));
        post("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices", slice(i, origin));
    }

    private void finish() throws IOException, InterruptedException {
        permits.acquire(PARALLEL);
        permits.release(PARALLEL);
        if (!failures.isEmpty()) {
            throw new IOException("cannot fill the cluster: " + failures.peek());
        }
    }

    /** An object as JSON. */
    public String get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(api.resolve(path))
                .header("Authorization", "Bearer " + token)
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    /** Changes an object, and returns once the API server has taken it. */
    public void merge(String path, String patch) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(api.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(patch))
                .build();
        var response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + ": " + response.body());
        }
    }

    private void post(String path, String body) throws InterruptedException {
        permits.acquire();
        var request = HttpRequest.newBuilder(api.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        CompletableFuture<?> _ = http.sendAsync(request, BodyHandlers.ofString())
                .handle((response, failure) -> {
                    permits.release();
                    if (failure != null) {
                        failures.add(failure.toString());
                    } else if (response.statusCode() != 201) {
                        failures.add(response.body());
                    }
                    return null;
                });
    }

    // Headless, since the cluster has fewer addresses for Services than there are routes.
    private static String service(int i) {
        return """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "s%d"},
                 "spec": {"clusterIP": "None", "ports": [{"name": "http", "port": 80}]}}""".formatted(i);
    }

    private static String slice(int i, InetSocketAddress origin) {
        return """
                {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice",
                 "metadata": {"name": "s%1$d-a", "labels": {"kubernetes.io/service-name": "s%1$d"}},
                 "addressType": "IPv4", "ports": [{"name": "http", "port": %2$d, "protocol": "TCP"}],
                 "endpoints": [{"addresses": ["%3$s"], "conditions": {"ready": true}}]}""".formatted(i, origin.getPort(), origin.getHostString());
    }

    private static String secret(int i, KeyPairs.KeyPair pair) {
        return """
                {"apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/tls", "metadata": {"name": "c%d"},
                 "data": {"tls.crt": "%s", "tls.key": "%s"}}""".formatted(i, base64(pair.certificate()), base64(pair.key()));
    }

    private static String ingress(int i, Scale scale) {
        var tls = i < scale.certificates()
                ? "\"tls\": [{\"hosts\": [\"%s\"], \"secretName\": \"c%d\"}],".formatted(scale.host(i), i)
                : "";
        return """
                {"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": {"name": "i%1$d"},
                 "spec": {"ingressClassName": "edge", %2$s "rules": [{"host": "%3$s", "http": {"paths": [
                  {"path": "/", "pathType": "Prefix", "backend": {"service": {"name": "s%1$d", "port": {"number": 80}}}}]}}]}}""".formatted(i, tls, scale.host(i));
    }

    private static String httpRoute(int i, Scale scale) {
        return """
                {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": {"name": "r%1$d"},
                 "spec": {"parentRefs": [{"name": "edge"}], "hostnames": ["%2$s"], "rules": [
                  {"backendRefs": [{"name": "s%1$d", "port": 80}]}]}}""".formatted(i, scale.host(i));
    }

    private static SSLContext trust(Path ca) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var in = Files.newInputStream(ca)) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static String base64(Path file) {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
