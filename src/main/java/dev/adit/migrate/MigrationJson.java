package dev.adit.migrate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A report for programs. */
public final class MigrationJson {
    private MigrationJson() {}

    public static ObjectNode of(MigrationReport report) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("verdict", report.verdict().toString());
        var ingresses = json.putArray("ingresses");
        for (var one : report.ingresses()) {
            add(
                    one.findings(),
                    ingresses
                            .addObject()
                            .put("namespace", one.ingress().namespace())
                            .put("name", one.ingress().name())
                            .put("verdict", one.verdict().toString())
                            .putArray("findings"));
        }
        add(report.settings(), json.putArray("configMap"));
        add(report.others(), json.putArray("notServed"));
        report.command().forEach(json.putArray("command")::add);
        return json;
    }

    private static void add(List<Finding> findings, ArrayNode into) {
        findings.forEach(finding -> into.addObject()
                .put("kind", finding.kind().name())
                .put("field", finding.field())
                .put("text", finding.text()));
    }
}
