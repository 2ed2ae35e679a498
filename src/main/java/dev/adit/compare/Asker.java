package dev.adit.compare;

import dev.adit.x509.AlternativeNames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.NetUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Asks by HTTP/1.1 and waits for the answer; follows no redirect, and sends nothing that says who asks. */
public final class Asker {
    private static final int MILLIS = 10_000;
    private static final int LARGEST_BODY = 8 << 20;
    private static final int BUFFER = 16_384;
    private static final int DIGITS = 16;
    /** Of answers, those that are compared where nobody says otherwise. */
    private static final List<String> FIELDS = List.of(
            "location",
            "refresh",
            "www-authenticate",
            "strict-transport-security",
            "content-security-policy",
            "x-frame-options",
            "access-control-allow-origin",
            "access-control-allow-credentials",
            "access-control-expose-headers");

    /** Likewise of what a backend has answered. Controllers describe errors and redirects each in a way of its own. */
    private static final List<String> FIELDS_OF_SUCCESS =
            List.of("content-type", "content-encoding", "cache-control", "vary");

    private final Set<String> more;
    private final boolean withBody;
    private final SSLContext tls;

    /**
     * Compares the usual fields.
     *
     * @param more names of other ones, in lower case, such as one by which a backend names itself
     * @param withBody whether bodies are compared, too, by their digest
     */
    public Asker(Set<String> more, boolean withBody) {
        this.more = Set.copyOf(more);
        this.withBody = withBody;
        this.tls = AnyCertificate.context();
    }

    /** What a controller answers; every fault is an answer, too. */
    Answer ask(Target target, Question question) {
        try (var socket = connect(target, question)) {
            return response(exchange(socket, question), certificate(socket, question.host()), question);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            return new Answer.Failure(
                    e instanceof UnknownHostException
                            ? "there is no host " + target.host()
                            : String.valueOf(e.getMessage()));
        }
    }

    private Socket connect(Target target, Question question) throws IOException {
        var plain = new Socket();
        try {
            plain.setSoTimeout(MILLIS);
            plain.connect(new InetSocketAddress(target.host(), target.port(question.isSecure())), MILLIS);
            if (!question.isSecure()) {
                return plain;
            }
            var secure =
                    (SSLSocket) tls.getSocketFactory().createSocket(plain, question.host(), target.httpsPort(), true);
            var parameters = secure.getSSLParameters();
            if (!NetUtil.isValidIpV4Address(question.host())) {
                parameters.setServerNames(List.of(new SNIHostName(question.host())));
            }
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            return secure;
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    /** What came; of the body nothing, unless bodies are compared. */
    private record Received(HttpResponse head, ByteArrayOutputStream body) {}

    private Received exchange(Socket socket, Question question) throws IOException {
        var codec = new EmbeddedChannel(new HttpClientCodec());
        try {
            var request = new DefaultFullHttpRequest(
                    HttpVersion.HTTP_1_1, HttpMethod.valueOf(question.method()), question.target());
            request.headers().set("Host", question.host());
            request.headers().set("User-Agent", "adit-compare");
            request.headers().set("Accept", "*/*");
            request.headers().set("Connection", "close");
            if (!withBody) {
                request.headers().set("Accept-Encoding", "gzip");
            }
            codec.writeOutbound(request);
            for (ByteBuf part = codec.readOutbound(); part != null; part = codec.readOutbound()) {
                part.readBytes(socket.getOutputStream(), part.readableBytes());
                part.release();
            }
            socket.getOutputStream().flush();
            return read(socket, codec);
        } finally {
            codec.finishAndReleaseAll();
        }
    }

    private Received read(Socket socket, EmbeddedChannel codec) throws IOException {
        var buffer = new byte[BUFFER];
        var body = new ByteArrayOutputStream();
        HttpResponse head = null;
        while (true) {
            var read = socket.getInputStream().read(buffer);
            if (read < 0) {
                codec.finish(); // the end of the connection may be the end of the body
            } else {
                codec.writeInbound(Unpooled.copiedBuffer(buffer, 0, read));
            }
            for (HttpObject part = codec.readInbound(); part != null; part = codec.readInbound()) {
                head = head == null && part instanceof HttpResponse response ? finalHead(response) : head;
                if (head != null && isWhole(part, body)) {
                    return new Received(head, body);
                }
            }
            if (read < 0) {
                throw new IOException("the answer is no whole response of HTTP");
            }
        }
    }

    /** Null where it is an interim one. */
    private static @Nullable HttpResponse finalHead(HttpResponse response) throws IOException {
        if (!response.decoderResult().isSuccess()) {
            throw new IOException("the answer is no response of HTTP");
        }
        return response.status().codeClass() == HttpStatusClass.INFORMATIONAL ? null : response;
    }

    /** Whether all has come that is compared. */
    private boolean isWhole(HttpObject part, ByteArrayOutputStream body) throws IOException {
        if (part instanceof HttpContent content) {
            try {
                content.content().readBytes(body, content.content().readableBytes());
            } finally {
                content.release();
            }
        }
        return !withBody || part instanceof LastHttpContent || body.size() > LARGEST_BODY;
    }

    private Answer response(Received received, Optional<String> certificate, Question question)
            throws GeneralSecurityException {
        var response = received.head();
        var isSuccess = response.status().codeClass() == HttpStatusClass.SUCCESS;
        var fields = new TreeMap<String, List<String>>();
        FIELDS.forEach(name -> put(response, name, fields));
        if (isSuccess) {
            FIELDS_OF_SUCCESS.forEach(name -> put(response, name, fields));
        }
        more.forEach(name -> put(response, name, fields));
        var cookies = response.headers().getAll("set-cookie");
        if (!cookies.isEmpty()) {
            fields.put("set-cookie", cookies.stream().map(Asker::shape).sorted().toList());
        }
        var body = withBody && isSuccess && question.method().equals("GET")
                ? digest(received.body().toByteArray())
                : "";
        return new Answer.Response(response.status().code(), Map.copyOf(fields), certificate, body);
    }

    private static void put(HttpResponse response, String name, Map<String, List<String>> fields) {
        var values = response.headers().getAll(name);
        if (!values.isEmpty()) {
            fields.put(name, values);
        }
    }

    /** A cookie without its value, and without its end in time, which differ from answer to answer. */
    private static String shape(String cookie) {
        var shape = new StringBuilder();
        for (var part : cookie.split(";", -1)) {
            var text = part.strip();
            var equals = text.indexOf('=');
            var name = equals < 0 ? text : text.substring(0, equals);
            if (shape.isEmpty()) {
                shape.append(name).append("=*");
            } else if (name.equalsIgnoreCase("expires")) {
                shape.append("; Expires=*");
            } else {
                shape.append("; ").append(text);
            }
        }
        return shape.toString();
    }

    private static Optional<String> certificate(Socket socket, String host)
            throws IOException, GeneralSecurityException {
        if (!(socket instanceof SSLSocket secure)
                || !(secure.getSession().getPeerCertificates()[0] instanceof X509Certificate leaf)) {
            return Optional.empty();
        }
        // Each controller has a default one of its own.
        return Optional.of(
                isFor(leaf, host)
                        ? leaf.getSubjectX500Principal().getName() + " (SHA-256 " + digest(leaf.getEncoded()) + ")"
                        : "none for this host");
    }

    /** RFC 9525 §6.3: a wildcard is the whole first label. */
    private static boolean isFor(X509Certificate certificate, String host) {
        var dot = host.indexOf('.');
        return AlternativeNames.of(certificate).dns().stream()
                .anyMatch(name ->
                        name.equalsIgnoreCase(host) || (dot > 0 && name.equalsIgnoreCase("*" + host.substring(dot))));
    }

    private static String digest(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
                .substring(0, DIGITS);
    }
}
