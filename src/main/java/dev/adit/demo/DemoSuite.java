package dev.adit.demo;

import dev.adit.demo.SampleApplication.Name;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * All sample applications in this process, on the loopback ports that the sample manifests name; where one of those is in use,
 * on another one, and with a copy of the manifests that says so.
 */
public final class DemoSuite implements AutoCloseable {
    /** Where a checkout keeps the sample manifests. */
    public static final Path CHECKOUT = Path.of("examples", "kiada");

    private static final List<String> MANIFESTS = List.of("ingress.yaml", "services.yaml");
    private static final Logger LOG = Logger.getLogger(DemoSuite.class);
    private static final Pattern PORT = Pattern.compile("\\b181[0-9]{2}\\b");
    private static final int QUOTE_PORT = 18111;
    private static final int QUIZ_PORT = 18121;

    private record Pod(Name application, String name, int port) {}

    private static final List<Pod> PODS = List.of(
            new Pod(Name.QUOTE, "quote-1", QUOTE_PORT),
            new Pod(Name.QUIZ, "quiz-1", QUIZ_PORT),
            new Pod(Name.KIADA, "kiada-1", 18101),
            new Pod(Name.KIADA, "kiada-2", 18102),
            new Pod(Name.FUN404, "fun404-1", 18131));

    private final List<SampleApplication> applications = new ArrayList<>();
    // From the ports of the manifests.
    private final Map<Integer, Integer> ports = new HashMap<>();
    private @Nullable Path copy;

    /**
     * Starts the applications.
     *
     * @param mayMove whether {@link #manifests} are served, which say what the ports are; else the exception names one that is in
     *     use
     */
    public void start(boolean mayMove) throws IOException {
        for (var pod : PODS) {
            // The peers come first, so that whoever asks them knows their ports.
            var peers = new Peers(address(QUOTE_PORT), address(QUIZ_PORT));
            try {
                applications.add(start(pod, peers, mayMove));
            } catch (IOException e) {
                close();
                throw new IOException(
                        "the sample application " + pod.name() + " needs 127.0.0.1:" + pod.port() + ": "
                                + e.getMessage(),
                        e);
            }
        }
    }

    private SampleApplication start(Pod pod, Peers peers, boolean mayMove) throws IOException {
        var loopback = InetAddress.ofLiteral("127.0.0.1");
        try {
            var preferred = new InetSocketAddress(loopback, pod.port());
            return SampleApplication.start(pod.application(), preferred, pod.name(), peers);
        } catch (BindException e) {
            if (!mayMove) {
                throw e;
            }
            var any = new InetSocketAddress(loopback, 0);
            var started = SampleApplication.start(pod.application(), any, pod.name(), peers);
            ports.put(pod.port(), started.port());
            return started;
        }
    }

    /** The directory of the sample manifests: that of the checkout, or a copy that goes with this suite. */
    public Path manifests() throws IOException {
        if (Files.isDirectory(CHECKOUT) && ports.isEmpty()) {
            return CHECKOUT;
        }
        var directory = Files.createTempDirectory("adit-demo-");
        copy = directory;
        for (var name : MANIFESTS) {
            try (var in = DemoSuite.class.getResourceAsStream("/examples/kiada/" + name)) {
                if (in == null) {
                    throw new IllegalStateException("the build left out examples/kiada/" + name);
                }
                Files.writeString(
                        directory.resolve(name), moved(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
        return directory;
    }

    private String moved(String manifest) {
        return PORT.matcher(manifest).replaceAll(found -> {
            var port = Integer.parseInt(found.group());
            return Integer.toString(ports.getOrDefault(port, port));
        });
    }

    @Override
    public void close() {
        applications.forEach(SampleApplication::close);
        applications.clear();
        var directory = copy;
        if (directory == null) {
            return;
        }
        try {
            for (var name : MANIFESTS) {
                Files.deleteIfExists(directory.resolve(name));
            }
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            LOG.debugf("%s stays: %s", directory, e.getMessage());
        }
    }

    private URI address(int port) {
        return URI.create("http://127.0.0.1:" + ports.getOrDefault(port, port));
    }
}
