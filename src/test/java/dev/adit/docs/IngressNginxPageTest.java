package dev.adit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.kube.Ingress;
import dev.adit.translate.annotation.Dialect;
import dev.adit.translate.annotation.nginx.NginxConfigMap;
import dev.adit.translate.annotation.nginx.NginxDialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of {@code docs/ingress-nginx.md} is made from the registry; {@code make golden} writes it anew. */
class IngressNginxPageTest {
    private static final Path PAGE = Path.of("docs/ingress-nginx.md");
    private static final String HEAD =
            "| annotation | value | without it | where the value is wrong | keeps clients out | as by ingress-nginx |\n";
    private static final String CONFIG_MAP = """

            ## The ConfigMap

            Of `--configmap`. What an Ingress says itself goes before it.

            | setting | value | without it | where the value is wrong | keeps clients out | as by ingress-nginx |
            |---|---|---|---|---|---|
            """;

    @Test
    void the_tables_say_what_the_registry_says() throws IOException {
        var page = Files.readString(PAGE);
        var tables = HEAD + "|---|---|---|---|---|---|\n" + rows(NginxDialect.DIALECT) + CONFIG_MAP
                + rows(NginxConfigMap.DIALECT);
        var start = page.indexOf(HEAD);
        assertThat(start).as("the head of the table in %s", PAGE).isNotNegative();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page.substring(0, start) + tables);
        }
        assertThat(Files.readString(PAGE).substring(start)).isEqualTo(tables);
        assertThat(NginxDialect.DIALECT.prefix()).isEqualTo(Ingress.INGRESS_NGINX);
    }

    private static String rows(Dialect dialect) {
        return dialect.keys().stream()
                .map(key -> "| `%s` | %s | %s | %s | %s | %s |%n"
                        .formatted(
                                key.name(),
                                key.doc(),
                                key.otherwise(),
                                key.onError(),
                                key.restrictsAccess() ? "yes" : "",
                                key.name().contains("/")
                                        ? "Adit's own"
                                        : key.fidelity().text()))
                .collect(Collectors.joining());
    }
}
