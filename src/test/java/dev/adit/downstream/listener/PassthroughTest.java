package dev.adit.downstream.listener;

import static dev.adit.testbed.Http2Client.answer;
import static dev.adit.testbed.Http2Client.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.routing.RoutingTable;
import dev.adit.testbed.Http2Client;
import dev.adit.testbed.RunningProxy;
import dev.adit.tls.CertificateTable;
import dev.adit.tls.DefaultCertificate;
import dev.adit.tls.SniKeyManager;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hosts whose TLS ends at the endpoint, beside those whose TLS ends here, on one port. */
class PassthroughTest {
    private final Vertx vertx = Vertx.vertx();
    private final Http2Client client = new Http2Client();
    private final RunningProxy proxy = new RunningProxy();

    @AfterEach
    void close() throws Exception {
        proxy.close();
        client.close();
        await(vertx.close());
    }

    @Test
    void the_endpoint_shakes_hands_for_its_host_and_adit_for_every_other() throws Exception {
        var own = DefaultCertificate.generate(Instant.now());
        var certificates = new CertificateTable(RoutingTable.EMPTY, own);
        var options = new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setHost("127.0.0.1")
                .setPort(0)
                .setKeyCertOptions(KeyCertOptions.wrap(new SniKeyManager(() -> certificates)));
        var endpoint = await(vertx.createHttpServer(options)
                .requestHandler(request -> request.response().end("x".repeat(1_000_000)))
                .listen());
        proxy.passthrough("pass.test", endpoint.actualPort());

        var passed = client.requestTo("pass.test", proxy.https(), HttpMethod.GET, "/");
        assertThat(answer(passed).body()).hasSize(1_000_000);
        assertThat((X509Certificate) passed.connection().peerCertificates().getFirst())
                .isEqualTo(own.leaf());

        var ended = client.requestTo("other.test", proxy.https(), HttpMethod.GET, "/");
        assertThat(answer(ended).response().statusCode()).isEqualTo(404);
        assertThat((X509Certificate) ended.connection().peerCertificates().getFirst())
                .isNotEqualTo(own.leaf());
    }
}
