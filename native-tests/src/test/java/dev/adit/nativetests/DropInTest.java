package dev.adit.nativetests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Ingresses for ingress-nginx, with the answers that the real one gave. What Adit answers otherwise is listed in {@code dropin-open.txt}, where
 * what is served by now has no place any more.
 */
@Isolated("some answers are counted in a second")
class DropInTest {
    private static final Path RUNNER =
            Adit.ROOT.resolve("../shared/dropin/run.py").normalize();
    private static final Pattern CASE = Pattern.compile("^DISAGREE (.+?) / (\\S+) ", Pattern.MULTILINE);

    @Test
    void answers_are_those_of_ingress_nginx_but_for_what_is_listed() throws Exception {
        Assumptions.assumeTrue(Files.exists(RUNNER), "the cases of " + RUNNER + " are not here");
        // One case at a time: the runner writes a client's key at its first use, and a second case that needs it may
        // read it half written.
        var command = new ArrayList<>(List.of("python3", RUNNER.toString(), "--check", "--jobs", "1", "--"));
        command.addAll(Adit.command());
        command.addAll(List.of("serve", "--ingress-nginx", "--configmap=ingress-nginx/ingress-nginx-controller"));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertThat(output).containsPattern("agree [0-9]+ of [0-9]+");
        var differing = CASE.matcher(output)
                .results()
                .map(found -> found.group(1) + " / " + found.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
        var open = new TreeSet<>(Files.readAllLines(listed()));
        assertThat(differing).as(output).isSubsetOf(open);
        open.removeAll(differing);
        assertThat(open).as("served by now, and still listed as open").isEmpty();
    }

    private static Path listed() {
        return Adit.ROOT.resolve("native-tests/src/test/resources/dropin-open.txt");
    }
}
