package dev.adit.cli.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.adit.compare.Answer;
import dev.adit.compare.Comparison.Result;
import dev.adit.explain.JsonText;
import dev.adit.kube.source.SourceException;
import dev.adit.text.Visible;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What two controllers answered, as it comes for a terminal, and in the end for a program. */
final class ComparisonReport implements Consumer<Result> {
    // After so many, and nothing else, the addresses are wrong.
    private static final int MOST_UNANSWERED = 10;

    private final PrintWriter out;
    private final boolean isText;
    private final List<Result> differing = new ArrayList<>();
    private final List<Result> unanswered = new ArrayList<>();
    private int alike;

    ComparisonReport(PrintWriter out, boolean isText) {
        this.out = out;
        this.isText = isText;
    }

    @Override
    public void accept(Result result) {
        if (result.isUnanswered()) {
            unanswered.add(result);
            if (unanswered.size() == MOST_UNANSWERED && alike + differing.size() == 0) {
                throw new SourceException("neither of the two answers (%s; %s). Are the addresses and ports right?"
                        .formatted(reason(result.before()), reason(result.after())));
            }
        } else if (result.differences().isEmpty()) {
            alike++;
        } else {
            differing.add(result);
            if (isText) {
                print(result);
            }
        }
    }

    private static String reason(Answer answer) {
        return answer instanceof Answer.Failure(var reason) ? reason : "";
    }

    private void print(Result result) {
        out.println(Visible.of(result.question().toString()));
        result.differences().forEach(difference -> out.println(Visible.of("  " + difference)));
        out.flush();
    }

    boolean isAlike() {
        return differing.isEmpty() && unanswered.isEmpty();
    }

    /** Something else to know, for a terminal. */
    void note(String text) {
        if (isText) {
            out.println("note    " + text);
        }
    }

    /** What it comes to. */
    void end(String both) {
        if (!isText) {
            var json = JsonNodeFactory.instance.objectNode();
            json.put("alike", alike);
            add(differing, json.putArray("differing"));
            add(unanswered, json.putArray("unanswered"));
            out.print(JsonText.of(json));
        } else {
            unanswered.stream()
                    .findFirst()
                    .ifPresent(one -> out.println(Visible.of("neither answered " + one.question() + " ("
                            + reason(one.before()) + "; " + reason(one.after()) + ")")));
            out.printf(
                    "%d requests to %s: %d answered alike, %d otherwise, %d by neither%n",
                    alike + differing.size() + unanswered.size(), both, alike, differing.size(), unanswered.size());
        }
        out.flush();
    }

    private static void add(List<Result> results, ArrayNode into) {
        for (var result : results) {
            var one = into.addObject()
                    .put("method", result.question().method())
                    .put("url", result.question().url());
            var differences = one.putArray("differences");
            result.differences()
                    .forEach(difference -> differences
                            .addObject()
                            .put("what", difference.what())
                            .put("old", difference.before())
                            .put("new", difference.after()));
        }
    }
}
