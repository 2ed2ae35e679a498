package dev.adit.compare;

import dev.adit.kube.Ingress;
import dev.adit.translate.IngressHosts;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What to ask so that every host and path of some Ingresses is asked for. */
public final class Questions {
    /** What no rule has, and nobody else's: below a wildcard, and behind a path. */
    static final String STRANGER = "adit-compare";

    private static final String GET = "GET";
    // What makes a path of ingress-nginx more than its own text; a dot alone is mostly meant as one.
    private static final Pattern SPECIAL = Pattern.compile("\\.?[*?+]|[(\\[^$|\\\\{]");
    private static final Pattern TARGET = Pattern.compile("/[!-~]*");

    private Questions() {}

    /** Of all hosts: each path, something below it and beside it, and what no path takes; with and without TLS. */
    public static Set<Question> of(Collection<Ingress> ingresses) {
        var questions = new TreeSet<Question>();
        for (var ingress : ingresses) {
            for (var rule : ingress.rules()) {
                ask(host(rule.host()), rule.paths(), questions);
            }
            IngressHosts.beside(ingress).stream()
                    .map(host -> host(host.text()))
                    .forEach(host -> ingress.rules().forEach(rule -> ask(host, rule.paths(), questions)));
            if (ingress.rules().isEmpty()) {
                ask(host(""), List.of(), questions);
            }
        }
        return questions;
    }

    private static void ask(String host, List<Ingress.Path> paths, Set<Question> questions) {
        ask(host, "/", questions);
        ask(host, "/" + STRANGER, questions);
        paths.forEach(path -> paths(host, path, questions));
    }

    private static void paths(String host, Ingress.Path path, Set<Question> questions) {
        var special = SPECIAL.matcher(path.path());
        var isExact = path.pathType().equals("Exact");
        var plain = !isExact && special.find() ? path.path().substring(0, special.start()) : path.path();
        ask(host, plain, questions);
        ask(host, plain.endsWith("/") ? plain + STRANGER : plain + "/" + STRANGER, questions);
        if (!plain.equals("/")) {
            ask(host, plain + "-" + STRANGER, questions);
        }
    }

    private static void ask(String host, String target, Set<Question> questions) {
        if (TARGET.matcher(target).matches()) {
            questions.add(new Question(GET, false, host, target));
            questions.add(new Question(GET, true, host, target));
        }
    }

    /** One that the rule is for. */
    private static String host(String ofRule) {
        if (ofRule.isEmpty()) {
            return STRANGER + ".invalid";
        }
        if (ofRule.startsWith("**.")) {
            return STRANGER + "." + STRANGER + ofRule.substring(2);
        }
        return ofRule.startsWith("*.") ? STRANGER + ofRule.substring(1) : ofRule;
    }
}
