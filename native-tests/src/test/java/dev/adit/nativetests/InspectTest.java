package dev.adit.nativetests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Backends;
import dev.adit.testbed.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The questions that the command line answers. */
class InspectTest {
    private static final String INGRESS = """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: shop, creationTimestamp: "2026-01-01T00:00:00Z"}
            spec:
              rules:
                - host: shop.example.com
                  http:
                    paths:
                      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
                      - {path: /cart, pathType: Exact, backend: {service: {name: gone, port: {number: 80}}}}
            """;

    @TempDir
    Path manifests;

    @Test
    void a_shell_can_complete_commands_and_options_and_the_version_says_which_build_it_is() throws Exception {
        assertThat(Adit.run(Map.of(), "completion").output()).contains("complete -F _complete_adit", "--access-log");
        var build = "native".equals(System.getProperty("subject")) ? "native executable, Java 25" : "JVM, Java 25";
        assertThat(Adit.run(Map.of(), "--version").output()).contains(build);
    }

    @Test
    void explain_says_the_same_of_a_folder_and_of_the_instance_that_serves_it() throws Exception {
        try (var backends = new Backends().service("web", 1)) {
            Files.writeString(manifests.resolve("shop.yaml"), backends.manifests() + INGRESS);
            var url = "https://shop.example.com/a/../x?q=1";
            var offline = ask("explain", url, "--manifests", manifests.toString());
            assertThat(offline.exitCode()).isZero();
            assertThat(offline.output())
                    .contains("default/shop spec.rules[0].http.paths[0]: Prefix /")
                    .contains("path        /x\n")
                    .contains("/x?q=1")
                    .contains("default/shop spec.rules[0].http.paths[1]: Exact /cart of shop.example.com:"
                            + " its path does not match")
                    .contains("ServiceNotFound")
                    .contains("the default certificate");
            try (var adit = Adit.serving(manifests)) {
                var port = "--management-port=" + adit.management();
                assertThat(ask("explain", url, port).output()).isEqualTo(offline.output());
                assertThat(ask("explain", url, port, "-o", "json").output())
                        .contains("\"service\" : \"default/web:80\"")
                        .contains("\"outcome\" : \"WINS\"");
                assertThat(ask("routes", port).output()).contains("Prefix / -> default/web:80");
            }
            var gone = ask("explain", "shop.example.com/cart", "--manifests", manifests.toString());
            assertThat(gone.output()).contains("answer      503: the rule for this path refers to something");
        }
    }

    @Test
    void a_question_that_cannot_be_answered_says_why() throws Exception {
        var nobody = ask("explain", "shop.example.com", "--management-port=" + Ports.free());
        assertThat(nobody.exitCode()).isEqualTo(2);
        assertThat(nobody.output()).startsWith("adit: no Adit answers on port ").contains("--manifests DIR");
        assertThat(ask("explain", "ftp://shop", "--manifests=.").output()).contains("is not a URL of http or https");
        assertThat(ask("routes", "--manifests=/nowhere").output()).contains("'/nowhere' does not exist");
        assertThat(ask("diff", "-f", "x.yaml").output()).contains("give --cluster, or --manifests DIR");
    }

    @Test
    void check_names_what_is_wrong_with_line_and_remedy() throws Exception {
        var file = Files.writeString(
                manifests.resolve("shop.yaml"), INGRESS.replace("pathType: Exact", "pathtype: Exact"));
        var checked = ask("check", file.toString());
        assertThat(checked.exitCode()).isEqualTo(1);
        assertThat(checked.output())
                .contains("line 10: Ingress shop, spec.rules[0].http.paths[1].pathtype: unknown field")
                .contains("error   Ingress default/shop: PathTypeInvalid: spec.rules[0].http.paths[1].pathType")
                .contains("warning Ingress default/shop: ServiceNotFound");
        var good = Files.writeString(manifests.resolve("good.yaml"), INGRESS.replace("name: shop,", "name: good,"));
        assertThat(ask("check", good.toString()).exitCode()).isZero();
        assertThat(ask("check", "--strict", good.toString()).exitCode()).isEqualTo(1);
    }

    @Test
    void check_sees_what_nobody_refers_to_and_says_what_it_did_not_look_at() throws Exception {
        var foreign = Files.writeString(
                manifests.resolve("foreign.yaml"),
                INGRESS.replace("spec:\n", "spec:\n  ingressClassName: nginx\n")
                        .replaceFirst("number: 80", "number: \"80\""));
        assertThat(ask("check", foreign.toString()).output()).contains("port.number: must be a number");
        var other = Files.writeString(
                manifests.resolve("other.yaml"), INGRESS.replace("spec:\n", "spec:\n  ingressClassName: nginx\n"));
        assertThat(ask("check", other.toString()).output())
                .contains("It is not served here: there is no IngressClass ");
        var secret = Files.writeString(manifests.resolve("secret.yaml"), """
                apiVersion: v1
                kind: Secret
                metadata: {name: web-tls}
                type: kubernetes.io/tls
                stringData: {tls.crt: nothing, tls.key: nothing}
                """);
        var checked = ask("check", "-o", "json", secret.toString());
        assertThat(checked.exitCode()).isEqualTo(1);
        assertThat(checked.output()).contains("\"severity\" : \"error\"").contains("default/web-tls");
    }

    @Test
    void check_finds_what_the_api_server_would_refuse_and_what_is_in_conflict_without_any_service() throws Exception {
        var address =
                Files.writeString(manifests.resolve("address.yaml"), INGRESS.replace("shop.example.com", "10.0.0.1"));
        assertThat(ask("check", address.toString()).output()).contains("HostInvalid", "'10.0.0.1' is an address");
        var name = Files.writeString(manifests.resolve("name.yaml"), INGRESS.replace("name: shop,", "name: Shop_1,"));
        assertThat(ask("check", name.toString()).output()).contains("Shop_1", "RFC 1123");
        var port = Files.writeString(
                manifests.resolve("port.yaml"), INGRESS.replaceFirst("number: 80", "number: 80, name: http"));
        assertThat(ask("check", port.toString()).output()).contains("names port 'http' and 80 at once");
        var conflict = Files.writeString(
                manifests.resolve("conflict.yaml"),
                INGRESS.replace("name: shop,", "name: a,") + "---\n"
                        + INGRESS.replace("name: shop,", "name: b,").replace("name: web", "name: other"));
        assertThat(ask("check", conflict.toString()).output()).contains("PathConflict");
    }

    @Test
    void check_of_nothing_is_an_error(@TempDir Path empty) throws Exception {
        var checked = ask("check", empty.toString());
        assertThat(checked.exitCode()).isEqualTo(1);
        assertThat(checked.output()).contains("there is nothing to check");
    }

    @Test
    void diff_says_what_an_apply_would_change(@TempDir Path more) throws Exception {
        try (var backends = new Backends().service("web", 1).service("other", 1)) {
            Files.writeString(manifests.resolve("shop.yaml"), backends.manifests() + INGRESS);
            var same = Files.writeString(more.resolve("same.yaml"), INGRESS);
            var nothing = ask("diff", "--manifests", manifests.toString(), "-f", same.toString());
            assertThat(nothing.exitCode()).isZero();
            assertThat(nothing.output()).isEqualTo("nothing changes in routing\n");
            var changed = Files.writeString(
                    more.resolve("changed.yaml"),
                    INGRESS.replaceFirst("name: web", "name: other").replace("/cart", "/basket"));
            var diff = ask("diff", "--manifests", manifests.toString(), "-f", changed.toString());
            assertThat(diff.exitCode()).isEqualTo(1);
            assertThat(diff.output())
                    .contains("~ host shop.example.com Prefix / -> default/other:80")
                    .contains("+ host shop.example.com Exact /basket")
                    .contains("- host shop.example.com Exact /cart");
            // What is applied now is younger than all that is there, whatever its name is.
            var late = Files.writeString(
                    more.resolve("late.yaml"),
                    INGRESS.replace("name: shop, creationTimestamp: \"2026-01-01T00:00:00Z\"", "name: a-late")
                            .replaceFirst("name: web", "name: other"));
            assertThat(ask("diff", "--manifests", manifests.toString(), "-f", late.toString())
                            .output())
                    .contains("! Ingress default/a-late: PathConflict")
                    .doesNotContain("~ ");
        }
    }

    static Adit.Ended ask(String... arguments) throws Exception {
        return Adit.run(Map.of(), arguments);
    }
}
