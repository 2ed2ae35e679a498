package dev.adit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.kube.Ingress;
import dev.adit.translate.annotation.nginx.NginxDialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The table of {@code docs/ingress-nginx.md} is made from the registry; {@code make golden} writes it anew. */
class IngressNginxPageTest {
    private static final Path PAGE = Path.of("docs/ingress-nginx.md");
    private static final String TABLE = """
            | annotation | value | without it | where the value is wrong | keeps clients out |
            |---|---|---|---|---|
            """;

    @Test
    void the_table_says_what_the_registry_says() throws IOException {
        var page = Files.readString(PAGE);
        var table = new StringBuilder(TABLE);
        NginxDialect.DIALECT
                .keys()
                .forEach(key -> table.append("| `%s` | %s | %s | %s | %s |%n"
                        .formatted(
                                key.name(),
                                key.doc(),
                                key.otherwise(),
                                key.onError(),
                                key.restrictsAccess() ? "yes" : "")));
        var start = page.indexOf(TABLE);
        assertThat(start).as("the head of the table in %s", PAGE).isNotNegative();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page.substring(0, start) + table);
        }
        assertThat(Files.readString(PAGE).substring(start)).isEqualTo(table.toString());
        assertThat(NginxDialect.DIALECT.prefix()).isEqualTo(Ingress.INGRESS_NGINX);
    }
}
