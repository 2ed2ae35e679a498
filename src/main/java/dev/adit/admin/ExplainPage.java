package dev.adit.admin;

import dev.adit.explain.ExplanationJson;
import dev.adit.explain.ExplanationText;
import dev.adit.explain.Explanations;
import dev.adit.explain.Question;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code /explain?url=...&method=...&header=...&output=json}: which rule serves a URL, and why. */
@Singleton
class ExplainPage {
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Explanations explanations;

    ExplainPage(Explanations explanations) {
        this.explanations = explanations;
    }

    void route(@Observes ManagementInterface management) {
        management.router().get("/explain").handler(this::explain);
    }

    private void explain(RoutingContext context) {
        var parameters = context.queryParams();
        var url = parameters.get("url");
        var method = parameters.contains("method") ? parameters.get("method") : "GET";
        var response = context.response();
        try {
            if (url == null) {
                throw new IllegalArgumentException("give the URL as ?url=https://host/path");
            }
            var explanation = explanations.of(Question.of(method, url, fields(parameters.getAll("header"))));
            if ("json".equals(parameters.get("output"))) {
                var json = ExplanationJson.of(explanation).toPrettyString() + "\n";
                response.putHeader("content-type", "application/json").end(json);
            } else {
                response.putHeader("content-type", TEXT).end(ExplanationText.of(explanation));
            }
        } catch (Question.InvalidException | IllegalArgumentException e) {
            response.setStatusCode(400).putHeader("content-type", TEXT).end(e.getMessage() + "\n");
        }
    }

    private static Map<String, List<String>> fields(List<String> lines) {
        var fields = new HashMap<String, List<String>>();
        for (var line : lines) {
            var colon = line.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("header '" + line + "' is no field; write it as 'Name: value'");
            }
            fields.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return fields;
    }
}
