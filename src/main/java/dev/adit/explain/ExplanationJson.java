package dev.adit.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.explain.Explanation.Answer;
import dev.adit.kube.Problem;
import dev.adit.routing.text.RoutingText;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** An explanation for programs; names stay, new ones may come. */
public final class ExplanationJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ExplanationJson() {}

    public static ObjectNode of(Explanation explanation) {
        var json = JSON.objectNode();
        var question = explanation.question();
        json.put("method", question.method());
        json.put("url", question.url());
        json.put("listener", explanation.listener());
        if (!explanation.elsewhere().isEmpty()) {
            explanation.elsewhere().forEach(json.putArray("elsewhere")::add);
        }
        explanation.certificate().ifPresent(certificate -> json.put("certificate", certificate));
        explanation.head().ifPresent(head -> {
            json.put("host", head.host());
            json.put("path", head.path());
        });
        explanation
                .trace()
                .winner()
                .ifPresent(route -> json.put("rule", route.origin().toString()));
        switch (explanation.answer()) {
            case Answer.Own own -> json.put("status", own.status()).put("reason", own.reason());
            case Answer.Forward forward -> {
                json.put("service", forward.service()).put("policy", forward.policy());
                var urls = json.putArray("upstream");
                forward.upstreamUrls().forEach(urls::add);
            }
        }
        var candidates = json.putArray("candidates");
        for (var candidate : explanation.trace().candidates()) {
            candidates
                    .addObject()
                    .put("rule", candidate.route().origin().toString())
                    .put("host", candidate.host().text())
                    .put("match", RoutingText.match(candidate.route().match()))
                    .put("outcome", candidate.outcome().name())
                    .put("reason", candidate.outcome().reason());
        }
        json.set("problems", problems(explanation.problems()));
        return json;
    }

    /** Problems, as every command gives them. */
    public static ArrayNode problems(List<Problem> problems) {
        return problems(problems, problem -> problem.reason().severity());
    }

    /** The same, with the severities that the caller gives them. */
    public static ArrayNode problems(List<Problem> problems, Function<Problem, Problem.Severity> severity) {
        var array = JSON.arrayNode();
        for (var problem : problems) {
            array.addObject()
                    .put("kind", problem.kind())
                    .put("object", problem.object().toString())
                    .put("field", problem.field())
                    .put("severity", severity.apply(problem).name().toLowerCase(Locale.ROOT))
                    .put("reason", problem.reason().camelCase())
                    .put("message", problem.message());
        }
        return array;
    }
}
