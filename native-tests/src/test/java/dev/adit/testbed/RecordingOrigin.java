package dev.adit.testbed;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** An endpoint that answers every request alike, and keeps the head of each as it came. */
public final class RecordingOrigin implements AutoCloseable {
    private final ServerSocket server;
    private final List<String> heads = new CopyOnWriteArrayList<>();

    public RecordingOrigin() throws IOException {
        server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    /** An Ingress that sends every request to a host here, with what it refers to. */
    public String manifests(String host) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: origin}
                spec: {ports: [{name: http, port: 80}]}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: origin-1, labels: {kubernetes.io/service-name: origin}}
                addressType: IPv4
                ports: [{name: http, port: %d}]
                endpoints: [{addresses: [127.0.0.1]}]
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: app}
                spec:
                  rules:
                  - host: %s
                    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: origin, port: {number: 80}}}}]}
                """.formatted(server.getLocalPort(), host);
    }

    /** Of the requests that have come, in their order. */
    public List<String> heads() {
        return List.copyOf(heads);
    }

    /** The same, each as method and target. */
    public List<String> requests() {
        return heads.stream()
                .map(head -> head.substring(0, head.indexOf(" HTTP/1.1\r\n")))
                .toList();
    }

    /** As if nothing had come. */
    public void forget() {
        heads.clear();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException _) {
                // The next connection, or the end.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            for (var head = head(in); !head.isEmpty(); head = head(in)) {
                heads.add(head);
                body(in, head.toLowerCase(Locale.ROOT));
                var answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n" + (head.startsWith("HEAD ") ? "" : "ok");
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException _) {
            // Adit has closed it.
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
            var next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void body(InputStream in, String head) throws IOException {
        if (head.contains("\r\ntransfer-encoding: chunked\r\n")) {
            var seen = new StringBuilder();
            while (seen.indexOf("0\r\n\r\n", Math.max(0, seen.length() - 5)) < 0) {
                var next = in.read();
                if (next < 0) {
                    throw new EOFException("in a body, behind " + seen);
                }
                seen.append((char) next);
            }
            return;
        }
        var length = head.indexOf("\r\ncontent-length: ");
        if (length >= 0) {
            var from = length + "\r\ncontent-length: ".length();
            in.skipNBytes(Integer.parseInt(head.substring(from, head.indexOf('\r', from))));
        }
    }
}
