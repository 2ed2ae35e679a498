package dev.adit.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Self-signed P-256 certificates by openssl, one for each host, as files. */
public record KeyPairs(List<KeyPair> pairs) {
    public record KeyPair(Path certificate, Path key) {}

    public static KeyPairs make(Path directory, Scale scale) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        var pairs = new ArrayList<KeyPair>();
        for (var i = 0; i < scale.certificates(); i++) {
            var pair = new KeyPair(directory.resolve(i + ".crt"), directory.resolve(i + ".key"));
            if (!Files.exists(pair.certificate())) {
                make(pair, scale.host(i));
            }
            pairs.add(pair);
        }
        return new KeyPairs(pairs);
    }

    private static void make(KeyPair pair, String host) throws IOException, InterruptedException {
        var command =
                ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=%1$s"
                                + " -addext subjectAltName=DNS:%1$s -keyout %2$s -out %3$s")
                        .formatted(host, pair.key(), pair.certificate());
        var process =
                new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException("openssl: " + output);
        }
    }
}
