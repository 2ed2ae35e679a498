package dev.adit.nativetests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Backends;
import dev.adit.testbed.Certificates;
import dev.adit.testbed.Program;
import io.restassured.path.json.JsonPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The TLS listener before those who look for holes in it; all they may find concerns the certificate of the test. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("either-build")
class TlsScannersTest {
    private static final String HOST = "scanned.example.com";
    // The certificate is the test's own: nobody signed it, nobody could revoke it, it is for a month, and its serial
    // number is as long as chance has it. The headers are the endpoint's. And the scanner may have left before its
    // ticket came, and then takes the session that it cannot offer for a failure.
    private static final Set<String> OF_THE_TEST =
            Set.of("sessionresumption_ticket", "cert_", "security_headers", "OCSP_stapling", "DNS_CAArecord");
    private static final Set<String> HARMLESS = Set.of("OK", "INFO", "DEBUG");

    @TempDir
    Path files;

    private Backends backends;
    private Adit adit;

    @BeforeEach
    void serve() throws Exception {
        backends = new Backends().service("web", 1);
        var pair = Certificates.make(files, "scanned", HOST);
        var manifests = Files.createDirectory(files.resolve("manifests"));
        Files.writeString(
                manifests.resolve("scanned.yaml"), pair.secret("scanned") + backends.manifests() + """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: scanned, annotations: {adit.dev/hsts: "31536000"}}
                spec:
                  tls: [{hosts: [%1$s], secretName: scanned}]
                  rules:
                  - host: %1$s
                    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
                """.formatted(HOST));
        adit = Adit.serving(manifests);
    }

    @AfterEach
    void close() throws Exception {
        adit.close();
        backends.close();
    }

    @Test
    void testssl_finds_nothing_that_is_not_of_the_test() throws Exception {
        var testssl = Program.installed("testssl", "testssl.sh");
        var found = files.resolve("testssl.json");
        var ran = Program.run(List.of(
                testssl,
                "--quiet",
                "--color=0",
                "--warnings=off",
                "--ip=127.0.0.1",
                "--jsonfile=" + found,
                HOST + ":" + adit.https()));
        List<Map<String, String>> findings = JsonPath.from(found.toFile()).getList("");
        assertThat(findings).as(ran.output()).hasSizeGreaterThan(50);
        var bad = findings.stream()
                .filter(finding -> !HARMLESS.contains(finding.get("severity")))
                .filter(finding -> OF_THE_TEST.stream()
                        .noneMatch(known -> finding.get("id").startsWith(known)))
                .map(finding -> finding.get("severity") + " " + finding.get("id") + ": " + finding.get("finding"));
        assertThat(bad).isEmpty();
    }

    @Test
    void sslyze_finds_what_mozilla_asks_of_a_server() throws Exception {
        var packages = Program.python("sslyze");
        var builder = new ProcessBuilder(
                "python3",
                "-m",
                "sslyze",
                "--mozilla_config=intermediate",
                "--sni=" + HOST,
                "127.0.0.1:" + adit.https());
        builder.environment().put("PYTHONPATH", packages.toString());
        var ran = Program.run(builder);
        var verdict = ran.output().substring(ran.output().indexOf("COMPLIANCE AGAINST TLS"));
        assertThat(verdict.lines().filter(line -> line.strip().startsWith("* ")))
                .as(ran.output())
                .allMatch(line -> line.contains("certificate_path_validation"));
        assertThat(verdict).contains("127.0.0.1:" + adit.https());
    }
}
