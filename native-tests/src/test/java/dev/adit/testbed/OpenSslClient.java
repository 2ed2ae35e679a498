package dev.adit.testbed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code openssl s_client}, which offers what it is told to, also a session of another host. */
public record OpenSslClient(int port) {
    /** Why there is none here; empty where there is one. */
    public static String obstacle() {
        try {
            var version = new ProcessBuilder("openssl", "version").start();
            return version.waitFor() == 0 ? "" : "openssl does not run";
        } catch (IOException e) {
            return "openssl is not here (apt-get install openssl)";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** One request to a host, and all that the client says of its handshake and of the answer. */
    public String get(String host, List<String> options) throws IOException, InterruptedException {
        var command =
                new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port, "-servername", host));
        command.add("-ign_eof"); // the end of the connection is the server's
        command.addAll(options);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var request = "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
        try (var input = process.getOutputStream()) {
            input.write(request.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException _) {
            // It has ended before: what it says tells why.
        }
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return output;
    }

    /** Begins a session with one host, and says whether it is resumed with another. */
    public boolean resumes(String first, String second, Path session, List<String> options)
            throws IOException, InterruptedException {
        begin(first, session, options);
        return resumes(second, session, options);
    }

    /** Begins a session, and writes it into a file. */
    public void begin(String host, Path session, List<String> options) throws IOException, InterruptedException {
        var begin = new ArrayList<>(options);
        begin.addAll(List.of("-sess_out", session.toString()));
        expectAnswer(get(host, begin));
    }

    /** Whether a host goes on with a session. */
    public boolean resumes(String host, Path session, List<String> options) throws IOException, InterruptedException {
        var resume = new ArrayList<>(options);
        resume.addAll(List.of("-sess_in", session.toString()));
        var output = get(host, resume);
        expectAnswer(output);
        return output.contains("Reused, TLSv1.");
    }

    private static void expectAnswer(String output) throws IOException {
        if (!output.contains("HTTP/1.1 ")) {
            throw new IOException("no answer: " + output);
        }
    }
}
