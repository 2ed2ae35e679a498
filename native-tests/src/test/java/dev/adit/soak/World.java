package dev.adit.soak;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Backends;
import dev.adit.testbed.Certificates;
import dev.adit.testbed.Cluster;
import dev.adit.testbed.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A control plane, an Adit that follows it, and what it serves: hosts with certificates, and one for tunnels. */
public final class World implements AutoCloseable {
    public static final int HOSTS = 200;
    private static final int CERTIFICATES = 20;

    private final Path folder = Files.createTempDirectory("adit-soak-");
    private final Cluster cluster;
    private final Backends backends;
    private final EchoOrigin echo;
    private final Process grpc;
    private final int grpcPort;
    private final Adit adit;
    private final List<Certificates> pairs = new ArrayList<>();

    public World(String... options) throws Exception {
        cluster = Cluster.up();
        backends = new Backends(cluster.gateway()).service("web", 4);
        echo = new EchoOrigin(cluster.gateway());
        grpc = Program.python("grpcio", "grpc_streams.py", "server", cluster.gateway());
        grpcPort = Integer.parseInt(grpc.inputReader().readLine().substring("ready ".length()));
        var kubeconfig = cluster.installForOutside();
        for (var i = 0; i < CERTIFICATES; i++) {
            pairs.add(Certificates.make(folder, "pair-" + i, host(i), "alt-" + i + ".soak.test"));
        }
        cluster.apply(
                backends.manifests() + stream("echo", echo.port(), "") + stream("grpc", grpcPort, "kubernetes.io/h2c"));
        for (var i = 0; i < HOSTS; i++) {
            edit(i, "/");
        }
        for (var i = 0; i < CERTIFICATES; i++) {
            rotate(i, i);
        }
        var arguments = new ArrayList<>(List.of("serve"));
        arguments.addAll(List.of(options));
        adit = Adit.startWith(kubeconfig, arguments.toArray(String[]::new)).ready();
    }

    public static String host(int number) {
        return "host-" + number + ".soak.test";
    }

    public Adit adit() {
        return adit;
    }

    public Cluster cluster() {
        return cluster;
    }

    /** Gives one host a further path. */
    public void edit(int number, String path) throws IOException, InterruptedException {
        cluster.apply("""
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: host-%1$d}
                spec:
                  ingressClassName: adit
                  tls: [{hosts: [%2$s], secretName: pair-%3$d}]
                  rules:
                  - host: %2$s
                    http:
                      paths:
                      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
                      - {path: %4$s, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
                """.formatted(number, host(number), number % CERTIFICATES, path.equals("/") ? "/first" : path));
    }

    /** Gives one Secret the pair of another. */
    public void rotate(int secret, int pair) throws IOException, InterruptedException {
        cluster.apply(pairs.get(pair % CERTIFICATES).secret("pair-" + secret % CERTIFICATES));
    }

    /** Lets one of the four endpoints go, or come back. */
    public void endpoint(int number, boolean isReady) throws IOException, InterruptedException {
        var conditions =
                "[{\"op\":\"add\",\"path\":\"/endpoints/0/conditions\",\"value\":{\"ready\":" + isReady + "}}]";
        cluster.kubectl("patch", "endpointslice", "web-" + (number % 4 + 1), "--type=json", "-p", conditions);
    }

    private String stream(String name, int port, String protocol) throws IOException, InterruptedException {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: %1$s}
                spec: {ports: [{port: 80, appProtocol: "%4$s"}]}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: %1$s, labels: {kubernetes.io/service-name: %1$s}}
                addressType: IPv4
                ports: [{port: %2$d}]
                endpoints: [{addresses: [%3$s]}]
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: %1$s}
                spec:
                  ingressClassName: adit
                  rules:
                  - host: %1$s.soak.test
                    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: %1$s, port: {number: 80}}}}]}
                ---
                """.formatted(name, port, cluster.gateway(), protocol).replace(", appProtocol: \"\"", "");
    }

    @Override
    public void close() throws Exception {
        adit.close();
        echo.close();
        grpc.destroy();
        backends.close();
        cluster.close();
    }
}
