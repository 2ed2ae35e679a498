package dev.adit.testbed;

import dev.adit.routing.upstream.UpstreamProtocol;
import dev.adit.x509.SelfSigned;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLException;

/** What an endpoint speaks. */
public enum EndpointVersion {
    HTTP1,
    HTTP1_TLS,
    H2C,
    HTTP2_TLS;

    static final ApplicationProtocolConfig ALPN = new ApplicationProtocolConfig(
            ApplicationProtocolConfig.Protocol.ALPN,
            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
            ApplicationProtocolNames.HTTP_2);

    private static final SelfSigned CERTIFICATE = generate();

    public boolean isHttp2() {
        return this == H2C || this == HTTP2_TLS;
    }

    public boolean isTls() {
        return this == HTTP1_TLS || this == HTTP2_TLS;
    }

    /** What a route says of such an endpoint. */
    public UpstreamProtocol protocol() {
        return switch (this) {
            case HTTP1 -> UpstreamProtocol.HTTP1;
            case H2C -> UpstreamProtocol.H2C;
            case HTTP1_TLS, HTTP2_TLS -> UpstreamProtocol.HTTPS;
        };
    }

    /** A server that speaks nothing else. */
    public HttpServerOptions server() {
        var options = new HttpServerOptions().setHttp2ClearTextEnabled(this == H2C);
        if (isTls()) {
            var keys = new PemKeyCertOptions()
                    .setKeyValue(pem("PRIVATE KEY", CERTIFICATE.key().getEncoded()))
                    .setCertValue(pem("CERTIFICATE", certificate()));
            options.setSsl(true).setUseAlpn(isHttp2()).setKeyCertOptions(keys);
        }
        return options;
    }

    /** A Secret in which the certificate of these servers is an authority. */
    public static String authority(String name) {
        var pem = pem("CERTIFICATE", certificate()).getBytes();
        return """
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: %s}
                data: {ca.crt: %s}
                """.formatted(name, Base64.getEncoder().encodeToString(pem));
    }

    /** The certificate of these servers, which is for {@code endpoint.test}, as a line of text. */
    public static String bundle() {
        return pem("CERTIFICATE", certificate()).toString().replaceAll("\\R", "\\\\n");
    }

    /** Sockets of a server that speaks TLS, and whatever it is told to behind it. */
    static ServerSocketFactory sockets() {
        try {
            return Tls.context(CERTIFICATE).getServerSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The TLS of a server of HTTP/2 that is written by hand. */
    static SslContext http2() throws SSLException {
        return SslContextBuilder.forServer(CERTIFICATE.key(), CERTIFICATE.certificate())
                .sslProvider(SslProvider.JDK)
                .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .applicationProtocolConfig(ALPN)
                .build();
    }

    private static SelfSigned generate() {
        return SelfSigned.generate("endpoint", "endpoint.test", Instant.now(), Duration.ofDays(1));
    }

    private static byte[] certificate() {
        try {
            return CERTIFICATE.certificate().getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Buffer pem(String kind, byte[] content) {
        var text = Base64.getMimeEncoder().encodeToString(content);
        return Buffer.buffer("-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }
}
