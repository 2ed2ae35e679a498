package dev.adit.gateway;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Cluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The conformance suite of the Gateway API against Adit as its manifests install it: {@code make gateway-conformance}. */
public final class GatewayConformance {
    private static final Path TESTBED = Adit.ROOT.resolve("native-tests/testbed");
    private static final String PROFILES = "GATEWAY-HTTP,GATEWAY-GRPC,GATEWAY-TLS,GATEWAY-TCP";
    private static final String CLASS = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: GatewayClass
            metadata: {name: adit}
            spec: {controllerName: adit.dev/gateway-controller}
            """;

    private GatewayConformance() {}

    /** Arguments: where the report goes, the version of Adit that it names, and then others for the suite. */
    public static void main(String[] arguments) throws Exception {
        var found = output(TESTBED.resolve("gateway-conformance").toString());
        if (found.isEmpty()) {
            System.err.println("SKIPPED: the conformance suite of the Gateway API is not there");
            return;
        }
        var programs = Path.of(found);
        var images = Map.of(
                "echo-basic", programs.resolve("echo-basic"),
                "coredns", programs.resolve("coredns"));
        int outcome;
        try (var cluster = Cluster.up(images)) {
            cluster.kubectl(
                    "apply",
                    "--server-side",
                    "-k",
                    programs.resolve("crds").toRealPath().toString());
            cluster.kubectl(
                    "apply",
                    "-f",
                    Adit.ROOT.resolve("target/kubernetes/kubernetes.yml").toString());
            cluster.apply(CLASS);
            cluster.rolledOut("adit-system", "deployment/adit");
            outcome = run(programs, cluster, arguments);
        }
        System.exit(outcome);
    }

    private static int run(Path programs, Cluster cluster, String[] arguments) throws Exception {
        // The pool of addresses of the testbed ends with these, which nobody else has by then.
        var pool = cluster.gateway().replaceFirst("[.]0[.]1$", ".255.");
        var command = new ArrayList<>(List.of(
                programs.resolve("gateway-conformance").toString(),
                "-test.v",
                "-gateway-class=adit",
                "-conformance-profiles=" + PROFILES,
                "-report-output=" + Path.of(arguments[0]).toAbsolutePath(),
                "-organization=adit",
                "-project=adit",
                "-url=https://adit.dev",
                "-version=" + arguments[1],
                "-contact=https://adit.dev",
                "-usable-address=" + pool + "253",
                "-unusable-address=" + pool + "254"));
        command.addAll(List.of(arguments).subList(2, arguments.length));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", cluster.kubeconfig().toString());
        var process = builder.start();
        process.getOutputStream().close();
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().filter(GatewayConformance::isTold).forEach(System.out::println);
        }
        var outcome = process.waitFor();
        System.out.println(Files.exists(Path.of(arguments[0])) ? Files.readString(Path.of(arguments[0])) : "no report");
        return outcome;
    }

    /** What became of each test, and why one failed. */
    private static boolean isTold(String line) {
        return line.contains("--- ") || line.contains("Error") || line.startsWith("FAIL") || line.startsWith("panic");
    }

    private static String output(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
        return text;
    }
}
