package dev.adit.admin;

import dev.adit.explain.ExplanationJson;
import dev.adit.explain.ExplanationText;
import dev.adit.explain.Explanations;
import dev.adit.explain.JsonText;
import dev.adit.explain.Question;
import dev.adit.text.Lines;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** {@code /explain?url=...&method=...&header=...&gateway=...&output=json}: which rule serves a URL, and why. */
@Singleton
class ExplainPage {
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Explanations explanations;

    ExplainPage(Explanations explanations) {
        this.explanations = explanations;
    }

    void route(@Observes ManagementInterface management) {
        management
                .router()
                .route("/explain")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .blockingHandler(this::explain, false);
    }

    /** None where they cannot be read, as where a % escapes nothing. */
    private static MultiMap parameters(RoutingContext context) {
        try {
            return context.queryParams();
        } catch (HttpException | IllegalArgumentException _) {
            return MultiMap.caseInsensitiveMultiMap();
        }
    }

    private void explain(RoutingContext context) {
        var parameters = parameters(context);
        var url = parameters.get("url");
        var method = parameters.contains("method") ? parameters.get("method") : "GET";
        var response = context.response();
        try {
            if (url == null) {
                throw new IllegalArgumentException("give the URL as ?url=https://host/path");
            }
            var gateway = parameters.contains("gateway") ? parameters.get("gateway") : "";
            var question = Question.of(method, url, Question.fields(parameters.getAll("header")))
                    .at(gateway);
            var explanation = explanations.of(question);
            if ("json".equals(parameters.get("output"))) {
                var json = JsonText.of(ExplanationJson.of(explanation));
                response.putHeader("content-type", "application/json").end(json);
            } else {
                response.putHeader("content-type", TEXT)
                        .end(ExplanationText.of(explanation).toString());
            }
        } catch (Question.InvalidException | IllegalArgumentException e) {
            var reason = new Lines().add(String.valueOf(e.getMessage()));
            response.setStatusCode(400).putHeader("content-type", TEXT).end(reason.toString());
        }
    }
}
