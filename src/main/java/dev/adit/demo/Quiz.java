package dev.adit.demo;

import com.sun.net.httpserver.HttpExchange;
import dev.adit.demo.SampleApplication.Reply;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** Asks questions at {@code /questions}, {@code /questions/random} and {@code /questions/N}. */
final class Quiz implements SampleApplication.Answer {
    private static final String ROOT = "/questions";

    private record Question(String text, List<String> answers) {
        String json(int id) {
            var choices = answers.stream().map(a -> '"' + a + '"').collect(Collectors.joining(","));
            return "{\"id\":" + id + ",\"text\":\"" + text + "\",\"answers\":[" + choices + "]}";
        }
    }

    private static final List<Question> QUESTIONS = List.of(
            new Question(
                    "Which object says where the requests for a host and path go?",
                    List.of("Ingress", "NetworkPolicy", "Lease")),
            new Question(
                    "Which path type matches /shop/cart by the path /shop?", List.of("Prefix", "Exact", "Neither")),
            new Question(
                    "To which address does Adit send a request?",
                    List.of("To a pod's", "To the Service's", "To the node's")),
            new Question(
                    "What does a rule for a Service that does not exist answer?", List.of("503", "404", "Nothing")));

    private final String pod;

    Quiz(String pod) {
        this.pod = pod;
    }

    @Override
    public Reply to(HttpExchange exchange) {
        var path = exchange.getRequestURI().getPath();
        if (path.equals(ROOT) || path.equals(ROOT + "/")) {
            var all = QUESTIONS.stream()
                    .map(q -> q.json(QUESTIONS.indexOf(q) + 1))
                    .collect(Collectors.joining(",", "[", "]"));
            return Reply.json(all + "\n");
        }
        var id = path.equals(ROOT + "/random")
                ? ThreadLocalRandom.current().nextInt(QUESTIONS.size()) + 1
                : number(path);
        return id < 1 || id > QUESTIONS.size()
                ? Reply.text(404, pod + ": ask for " + ROOT + "/1 to " + ROOT + "/" + QUESTIONS.size() + "\n")
                : Reply.json(QUESTIONS.get(id - 1).json(id) + "\n");
    }

    private static int number(String path) {
        var text = path.startsWith(ROOT + "/") ? path.substring(ROOT.length() + 1) : "";
        return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    }
}
