package dev.adit.explain;

import dev.adit.explain.Explanation.Answer;
import dev.adit.kube.Problem;
import dev.adit.match.MatchTrace;
import dev.adit.match.MatchTrace.Outcome;
import dev.adit.routing.text.RoutingText;
import dev.adit.text.Lines;
import java.util.List;

/** An explanation for people, from the connection to the endpoint. */
public final class ExplanationText {
    private ExplanationText() {}

    /** All of it. */
    public static Lines of(Explanation explanation) {
        var question = explanation.question();
        var text = new Lines().add(question.method() + " " + question.url());
        line(text, "listener", explanation.listener());
        explanation
                .elsewhere()
                .forEach(other -> line(text, "", "also at Gateway " + other + ": ask with --gateway " + other));
        explanation.certificate().ifPresent(certificate -> line(text, "certificate", certificate));
        explanation.head().ifPresent(head -> {
            line(
                    text,
                    "host",
                    head.host()
                            + explanation
                                    .trace()
                                    .owner()
                                    .map(owner -> owner.text().equals(head.host())
                                            ? ""
                                            : ", by the rules for " + owner.text())
                                    .orElse(
                                            explanation.answer() instanceof Answer.Forward
                                                    ? ""
                                                    : ", which no rule names"));
            line(text, "path", head.path());
        });
        explanation.trace().candidates().stream()
                .filter(candidate -> candidate.outcome() == Outcome.WINS)
                .forEach(winner -> line(
                        text,
                        "rule",
                        winner.route().origin() + ": "
                                + RoutingText.match(winner.route().match())));
        answer(text, explanation.answer());
        losers(text, explanation.trace().candidates());
        for (var problem : explanation.problems()) {
            line(
                    text,
                    problem.reason().severity() == Problem.Severity.NOTE ? "not ours" : "problem",
                    problem.toString());
        }
        return text;
    }

    private static void answer(Lines text, Answer answer) {
        switch (answer) {
            case Answer.Own own -> {
                line(text, "answer", own.status() + ": " + own.reason());
                own.fields().forEach(field -> line(text, "", field));
            }
            case Answer.Forward forward -> {
                line(text, "service", forward.service() + ", " + forward.policy());
                var label = "endpoints";
                for (var url : forward.upstreamUrls()) {
                    line(text, label, url);
                    label = "";
                }
            }
        }
    }

    private static void losers(Lines text, List<MatchTrace.Candidate> candidates) {
        var label = "not";
        for (var candidate : candidates) {
            if (candidate.outcome() != Outcome.WINS) {
                line(
                        text,
                        label,
                        "%s: %s of %s: %s"
                                .formatted(
                                        candidate.route().origin(),
                                        RoutingText.match(candidate.route().match()),
                                        candidate.host().text(),
                                        candidate.outcome().reason()));
                label = "";
            }
        }
    }

    private static void line(Lines text, String label, String value) {
        text.add("  " + label + " ".repeat(12 - label.length()) + value);
    }
}
