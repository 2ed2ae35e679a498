package dev.adit.demo;

import dev.adit.demo.SampleApplication.Name;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All sample applications in this process, on the loopback ports that the sample manifests name. */
public final class DemoSuite implements AutoCloseable {
    /** Where a checkout keeps the sample manifests. */
    public static final Path CHECKOUT = Path.of("examples", "kiada");

    private static final List<String> MANIFESTS = List.of("ingress.yaml", "services.yaml");
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

    /** Starts the applications; the exception names a port that is in use. */
    public void start() throws IOException {
        var loopback = InetAddress.ofLiteral("127.0.0.1");
        var peers = new Peers(address(QUOTE_PORT), address(QUIZ_PORT));
        for (var pod : PODS) {
            try {
                var address = new InetSocketAddress(loopback, pod.port());
                applications.add(SampleApplication.start(pod.application(), address, pod.name(), peers));
            } catch (IOException e) {
                close();
                throw new IOException(
                        "the sample application " + pod.name() + " needs 127.0.0.1:" + pod.port() + ": "
                                + e.getMessage(),
                        e);
            }
        }
    }

    /** The directory of the sample manifests: that of the checkout, or a copy that the program carries. */
    public static Path manifests() {
        return Files.isDirectory(CHECKOUT) ? CHECKOUT : unpack();
    }

    @Override
    public void close() {
        applications.forEach(SampleApplication::close);
        applications.clear();
    }

    private static Path unpack() {
        try {
            var directory = Files.createTempDirectory("adit-demo-");
            for (var name : MANIFESTS) {
                try (var in = DemoSuite.class.getResourceAsStream("/examples/kiada/" + name)) {
                    if (in == null) {
                        throw new IllegalStateException("the build left out examples/kiada/" + name);
                    }
                    Files.copy(in, directory.resolve(name));
                }
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
