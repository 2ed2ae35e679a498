package dev.adit.testbed;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ThrowingRunnable;

/** A cluster in which the generated manifest and the kiada suite are installed and served. */
public record KiadaSuite(Cluster cluster, String address) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Installs Adit as {@code adit} into the namespace {@code adit-system}. */
    @FunctionalInterface
    public interface Installation {
        void into(Cluster cluster) throws Exception;
    }

    /**
     * Returns once the suite is served.
     *
     * @param files where to make the certificate
     */
    public static KiadaSuite install(Path files) throws Exception {
        return install(
                files,
                cluster -> cluster.kubectl(
                        "apply",
                        "-f",
                        Adit.ROOT.resolve("target/kubernetes/kubernetes.yml").toString()));
    }

    /** The same with another installation of Adit, a Deployment with a Service of type LoadBalancer. */
    public static KiadaSuite install(Path files, Installation installation) throws Exception {
        var cluster = Cluster.up();
        installation.into(cluster);
        cluster.kubectl(
                "apply",
                "-f",
                Adit.ROOT.resolve("examples/kiada-cluster/applications.yaml").toString());
        var certificate = Certificates.make(files, "kiada", "kiada.example.com", "api.example.com");
        cluster.kubectl(
                "-n",
                "kiada",
                "create",
                "secret",
                "tls",
                "kiada-tls",
                "--cert=" + certificate.certificate(),
                "--key=" + certificate.key());
        // The testbed has no cluster DNS.
        var quote = cluster.jsonpath("kiada", "service/quote", "{.spec.clusterIP}");
        var quiz = cluster.jsonpath("kiada", "service/quiz", "{.spec.clusterIP}");
        cluster.kubectl(
                "-n",
                "kiada",
                "set",
                "env",
                "deployment/kiada",
                "ADIT_SAMPLE_QUOTE=http://" + quote,
                "ADIT_SAMPLE_QUIZ=http://" + quiz);
        cluster.kubectl(
                "apply",
                "-f",
                Adit.ROOT.resolve("examples/kiada-cluster/ingress.yaml").toString());
        for (var deployment : new String[] {"kiada", "quote", "quiz", "fun404"}) {
            cluster.rolledOut("kiada", "deployment/" + deployment);
        }
        cluster.rolledOut("adit-system", "deployment/adit");
        var address = cluster.jsonpath("adit-system", "service/adit", "{.status.loadBalancer.ingress[0].ip}");
        var suite = new KiadaSuite(cluster, address);
        eventually(() ->
                assertThat(suite.get("kiada.example.com", "/").statusCode()).isEqualTo(200));
        return suite;
    }

    public Response get(String host, String path) {
        return given().header("Host", host).get("http://" + address + path);
    }

    public static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .untilAsserted(assertion);
    }

    @Override
    public void close() throws IOException {
        cluster.close();
    }
}
