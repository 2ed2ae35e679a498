package dev.adit.testbed;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/** A real control plane whose pods are processes of this machine, in which the image {@code adit} is the subject. */
public final class Cluster implements AutoCloseable {
    private static final Path TESTBED = Adit.ROOT.resolve("native-tests/testbed");

    private final Path directory;
    private final Path binaries;
    private final Path images;

    private Cluster(Path directory, Path binaries, Path images) {
        this.directory = directory;
        this.binaries = binaries;
        this.images = images;
    }

    /** Why there can be no cluster here, or an empty text. */
    public static String obstacle() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return "network namespaces need Linux";
        }
        if (!"root".equals(System.getProperty("user.name"))) {
            return "network namespaces need root";
        }
        return "";
    }

    /** Skips the tests of a class aloud where there can be none. */
    public static void assumeThere(Class<?> tests) {
        var obstacle = obstacle();
        if (!obstacle.isEmpty()) {
            System.err.println("SKIPPED " + tests.getSimpleName() + ": " + obstacle);
        }
        Assumptions.assumeTrue(obstacle.isEmpty(), obstacle);
    }

    public static Cluster up() throws Exception {
        return up(Map.of());
    }

    /**
     * The same with more images.
     *
     * @param programs by the names of the images that they stand for
     */
    public static Cluster up(Map<String, Path> programs) throws Exception {
        var binaries = output(process(TESTBED.resolve("binaries").toString()));
        var target = Files.createDirectories(Adit.ROOT.resolve("native-tests/target"));
        var images = Files.createDirectories(target.resolve("images"));
        var words = Adit.command().stream().map(w -> "'" + w + "'").collect(Collectors.joining(" "));
        var image = Files.writeString(images.resolve("adit"), "#!/bin/sh\nexec " + words + " \"$@\"\n");
        Files.setPosixFilePermissions(image, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (var program : programs.entrySet()) {
            Files.copy(program.getValue(), images.resolve(program.getKey()), StandardCopyOption.REPLACE_EXISTING);
        }
        var directory = Files.createTempDirectory(target, "cluster-");
        var cluster = new Cluster(directory, Path.of(binaries), images);
        try {
            cluster.start();
        } catch (IOException e) {
            cluster.close(); // what of it did start
            throw e;
        }
        return cluster;
    }

    /** Starts whatever of it does not run. */
    public void start() throws IOException, InterruptedException {
        var up = process(TESTBED.resolve("cluster").toString(), "up", directory.toString());
        up.environment().put("TESTBED_BIN", binaries.toString());
        up.environment().put("TESTBED_IMAGES", images.toString());
        // What is run is of the project, which a volume of a pod hides where the project is below /tmp.
        up.environment()
                .put("TESTBED_VISIBLE", Adit.ROOT.toAbsolutePath().normalize().toString());
        output(up);
    }

    /** Ends one of its programs at once, as a power cut would. */
    public void kill(String program) throws IOException, InterruptedException {
        var pid = directory.resolve(program + ".pid");
        var process =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
        Files.delete(pid);
    }

    /**
     * Installs Adit by its manifest, without a replica: the subject is a process of this machine, by the kubeconfig that is
     * returned.
     */
    public Path installForOutside() throws IOException, InterruptedException {
        kubectl(
                "apply",
                "-f",
                Adit.ROOT.resolve("target/kubernetes/kubernetes.yml").toString());
        kubectl("-n", "adit-system", "scale", "deployment/adit", "--replicas=0");
        return kubeconfigOf("adit-system", "adit");
    }

    /** Lets the default ServiceAccount of the default namespace do everything: what is measured is not the RBAC of a subject. */
    public void allowEverything() throws IOException, InterruptedException {
        kubectl(
                "create",
                "clusterrolebinding",
                "bench",
                "--clusterrole=cluster-admin",
                "--serviceaccount=default:default");
    }

    /** From now on its programs take what of the processors is left, as if it were elsewhere. */
    public void standBack() throws IOException, InterruptedException {
        output(process(
                "sh",
                "-c",
                "for pid in $(cat '" + directory + "'/*.pid); do chrt --all-tasks --idle --pid 0 $pid || true; done"));
    }

    /** Keeps what the store holds. */
    public void backUp() throws IOException, InterruptedException {
        kill("kube-apiserver");
        kill("etcd");
        output(process(
                "cp",
                "-a",
                directory.resolve("etcd").toString(),
                directory.resolve("etcd.kept").toString()));
        start();
    }

    /** Sets the store back to what {@link #backUp} kept. */
    public void restore() throws IOException, InterruptedException {
        kill("kube-apiserver");
        kill("etcd");
        output(process("rm", "-rf", directory.resolve("etcd").toString()));
        output(process(
                "mv",
                directory.resolve("etcd.kept").toString(),
                directory.resolve("etcd").toString()));
        start();
    }

    /** The standard output of kubectl; what it says when it fails is the exception's message. */
    public String kubectl(String... arguments) throws IOException, InterruptedException {
        return output(kubectlProcess(arguments));
    }

    /** Waits until a Deployment or a DaemonSet has all of its pods; where that does not come, the exception says what they say. */
    public void rolledOut(String namespace, String workload) throws IOException, InterruptedException {
        try {
            kubectl("-n", namespace, "rollout", "status", workload, "--timeout=120s");
        } catch (IOException e) {
            throw new IOException(e.getMessage() + whatPodsSay(namespace), e);
        }
    }

    private String whatPodsSay(String namespace) throws InterruptedException {
        var said = new StringBuilder();
        try {
            said.append(kubectl("-n", namespace, "get", "pods", "-o", "wide"));
            for (var pod : kubectl("-n", namespace, "get", "pods", "-o", "name")
                    .lines()
                    .toList()) {
                said.append("\n").append(pod).append(":\n");
                said.append(kubectl("-n", namespace, "logs", pod, "--all-containers", "--tail=30"));
            }
        } catch (IOException e) {
            said.append("\n").append(e.getMessage());
        }
        return said.toString();
    }

    /** {@code kubectl apply -f -}. */
    public void apply(String yaml) throws IOException, InterruptedException {
        kubectl("apply", "-f", file(yaml).toString());
    }

    /** Manifests in a file, which ends with the cluster. */
    public Path file(String yaml) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "apply-", ".yaml"), yaml);
    }

    /** {@code kubectl create -f -}, which takes larger objects than apply does. */
    public void create(String yaml) throws IOException, InterruptedException {
        var file = Files.writeString(Files.createTempFile(directory, "create-", ".yaml"), yaml);
        kubectl("create", "-f", file.toString());
        Files.delete(file);
    }

    public String jsonpath(String namespace, String object, String path) throws IOException, InterruptedException {
        return kubectl("-n", namespace, "get", object, "-o", "jsonpath=" + path);
    }

    /** A token for a ServiceAccount that lives as long as any test. */
    public String token(String namespace, String account) throws IOException, InterruptedException {
        return kubectl("-n", namespace, "create", "token", account, "--duration=12h");
    }

    /** Where a program of the control plane is. */
    Path program(String name) {
        return binaries.resolve(name).toAbsolutePath();
    }

    /** The admin's. */
    public Path kubeconfig() {
        return directory.resolve("admin.kubeconfig");
    }

    /** Where the API server listens. */
    public URI api() throws IOException, InterruptedException {
        return URI.create(kubectl("config", "view", "-o", "jsonpath={.clusters[0].cluster.server}"));
    }

    /** The certificate of the authority that signed the API server's own. */
    public Path ca() {
        return directory.resolve("pki/ca.crt");
    }

    /** The address that the nodes' pods know this machine by; it is not loopback. */
    public String gateway() throws IOException, InterruptedException {
        return output(process(
                "sh", "-c", "eval \"$('" + TESTBED + "/cluster' env '" + directory + "')\" && echo $CLUSTER_GATEWAY"));
    }

    /** The admin's kubeconfig as a ServiceAccount has it, with its token and its namespace. */
    public Path kubeconfigOf(String namespace, String account) throws IOException, InterruptedException {
        var token = token(namespace, account);
        var admin = Files.readString(directory.resolve("admin.kubeconfig"))
                .replace("user: admin}}]", "user: admin, namespace: " + namespace + "}}]");
        var user = "users: [{name: admin, user: {token: " + token + "}}]";
        var text = admin.lines().map(l -> l.startsWith("users:") ? user : l).collect(Collectors.joining("\n"));
        return Files.writeString(directory.resolve(account + ".kubeconfig"), text);
    }

    @Override
    public void close() throws IOException {
        try {
            output(process(TESTBED.resolve("cluster").toString(), "down", directory.toString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ProcessBuilder kubectlProcess(String... arguments) {
        var command = new ArrayList<String>();
        command.add(binaries.resolve("kubectl").toString());
        command.add("--kubeconfig=" + directory.resolve("admin.kubeconfig"));
        command.addAll(List.of(arguments));
        return process(command.toArray(String[]::new));
    }

    private static ProcessBuilder process(String... command) {
        return new ProcessBuilder(command).directory(new File("/")).redirectError(ProcessBuilder.Redirect.PIPE);
    }

    /** What a program prints; what it says when it fails is the exception's message. */
    static String output(ProcessBuilder builder) throws IOException, InterruptedException {
        var errors = Files.createTempFile("adit-command-", ".log");
        try {
            var process = builder.redirectError(errors.toFile()).start();
            process.getOutputStream().close();
            var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", builder.command()) + ": " + Files.readString(errors));
            }
            Files.readString(errors)
                    .lines()
                    .filter(l -> l.startsWith("testbed:"))
                    .forEach(System.err::println);
            return out.strip();
        } finally {
            Files.delete(errors);
        }
    }
}
