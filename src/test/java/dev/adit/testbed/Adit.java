package dev.adit.testbed;

import dev.adit.exchange.UpstreamTimeouts;
import dev.adit.http.ClientPolicy;
import dev.adit.kube.IngressClass;
import dev.adit.kube.files.ManifestSet;
import dev.adit.observe.ExchangeObserver;
import dev.adit.translate.Translation;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.assembly.Assembler;
import dev.adit.x509.Pem;
import dev.adit.x509.SelfSigned;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.SSLContext;

/** Manifests as a cluster would have them, served on free ports of this process. */
public final class Adit implements AutoCloseable {
    private static final String GET = "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n";

    private final RunningProxy proxy;
    private final Translation translation;

    private Adit(Translation translation, ExchangeObserver observer) {
        this.translation = translation;
        this.proxy = new RunningProxy(UpstreamTimeouts.DEFAULT, ClientPolicy.DEFAULT, observer);
        proxy.serve(translation);
    }

    /** Serves these manifests with every default. */
    public static Adit serving(String yaml) {
        return serving(yaml, TranslationOptions.of(TranslationOptions.CLASS));
    }

    public static Adit serving(String yaml, TranslationOptions options) {
        return serving(yaml, options, _ -> {});
    }

    /** Tells an observer of every request. */
    public static Adit serving(String yaml, TranslationOptions options, ExchangeObserver observer) {
        var implied = IngressClass.of(TranslationOptions.CLASS, TranslationOptions.CONTROLLER, true);
        var snapshot = new ManifestSet().add("test.yaml", yaml).snapshot(implied);
        return new Adit(new Assembler(options).translate(snapshot, Instant.now()), observer);
    }

    /** An Ingress of everything at a.test to port 80 of the Service web, with these annotations. */
    public static String ingress(String annotations) {
        return """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata:
                  name: shop
                  annotations: {%s}
                spec:
                  rules:
                    - host: a.test
                      http:
                        paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]
                """.formatted(annotations);
    }

    /** The class of its Gateways, and what separates it from the next manifest. */
    public static final String GATEWAY_CLASS = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: GatewayClass
            metadata: {name: adit}
            spec: {controllerName: adit.dev/gateway-controller}
            ---
            """;

    /** The same with a Gateway, {@code edge}, that has one listener without TLS. */
    public static final String HTTP_GATEWAY = GATEWAY_CLASS + """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: edge}
            spec:
              gatewayClassName: adit
              listeners: [{name: http, port: 80, protocol: HTTP}]
            ---
            """;

    /** A Service with one endpoint on this machine. */
    public static String service(String name, int port) {
        return service(name, port, "");
    }

    /** The same with an appProtocol. */
    public static String service(String name, int port, String appProtocol) {
        var protocol = appProtocol.isEmpty() ? "" : ", appProtocol: " + appProtocol;
        return """
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: %1$s}
                spec: {ports: [{name: http, port: 80%3$s}]}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: %1$s-1, labels: {kubernetes.io/service-name: %1$s}}
                addressType: IPv4
                ports: [{name: http, port: %2$d}]
                endpoints: [{addresses: [127.0.0.1]}]
                """.formatted(name, port, protocol);
    }

    /** A Secret of type kubernetes.io/tls. */
    public static String secret(String name, SelfSigned pair) {
        return """
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: %s}
                type: kubernetes.io/tls
                data: {tls.crt: %s, tls.key: %s}
                """.formatted(
                        name,
                        base64(Pem.encode("CERTIFICATE", encoded(pair))),
                        base64(Pem.encode("PRIVATE KEY", pair.key().getEncoded())));
    }

    private static byte[] encoded(SelfSigned pair) {
        try {
            return pair.certificate().getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** What the manifests mean, with the problems that they have. */
    public Translation translation() {
        return translation;
    }

    /** Where it listens, as {@code adit compare} takes it. */
    public String address() {
        return "127.0.0.1:" + proxy.http() + ":" + proxy.https();
    }

    /** Asks by HTTP/1.1 in plain text. */
    public Reply get(String url) throws IOException {
        return send(GET.formatted(path(url), host(url)));
    }

    /** Sends a whole request of HTTP/1.1, behind which the connection ends. */
    public Reply send(String request) throws IOException {
        return Reply.parse(RawClient.exchange(proxy.http(), request));
    }

    /** Asks by HTTP/1.1 and TLS. */
    public Reply getByTls(String url) throws IOException, GeneralSecurityException {
        return getByTls(url, Tls.context(null));
    }

    /**
     * The same with the certificate that the context shows.
     *
     * @param fields whole lines, beside those that every request has
     */
    public Reply getByTls(String url, SSLContext context, String... fields) throws IOException {
        try (var socket = Tls.connect(host(url), proxy.https(), context)) {
            var request = GET.formatted(path(url), host(url))
                    .replaceFirst("\r\n\r\n$", "\r\n" + String.join("", fields) + "\r\n");
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return Reply.parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
        }
    }

    /** Asks by HTTP/2 and TLS. */
    public Reply getByHttp2(String url) throws Exception {
        try (var client = new Http2Client()) {
            var request = client.requestTo(host(url), proxy.https(), HttpMethod.GET, path(url));
            var answer = Http2Client.answer(request);
            return new Reply(answer.response().statusCode(), answer.response().headers(), answer.body());
        }
    }

    /** Asks by HTTP/2 in plain text, with prior knowledge. */
    public Reply getByClearText(String url) throws Exception {
        try (var client = new Http2Client()) {
            var options = new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false);
            var request = client.request(client.open(options), proxy.http(), HttpMethod.GET, path(url))
                    .authority(HostAndPort.create(host(url), -1));
            var answer = Http2Client.answer(request);
            return new Reply(answer.response().statusCode(), answer.response().headers(), answer.body());
        }
    }

    private static String host(String url) {
        return url.substring(0, url.indexOf('/'));
    }

    private static String path(String url) {
        return url.substring(url.indexOf('/'));
    }

    @Override
    public void close() throws Exception {
        proxy.close();
    }
}
