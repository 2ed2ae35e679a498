package dev.adit.testbed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page whose commands are run as they stand there: the blocks of {@code sh}, one after the other, in one shell. A block of
 * {@code text} behind one has lines that its output has. Other blocks are for readers.
 */
public final class Tutorial {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(sh|text)\\n(.*?)^```$");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final String END = "== end of block %d ==";

    private final List<Step> steps;

    /**
     * Commands with what they print.
     *
     * @param expected lines that it has, whatever the blanks in them
     */
    private record Step(String commands, List<String> expected) {}

    private Tutorial(List<Step> steps) {
        this.steps = steps;
    }

    public static Tutorial read(Path page) throws IOException {
        var steps = new ArrayList<Step>();
        var blocks = BLOCK.matcher(Files.readString(page));
        while (blocks.find()) {
            var text = blocks.group(2);
            if (blocks.group(1).equals("sh")) {
                steps.add(new Step(text, List.of()));
            } else {
                var step = steps.removeLast();
                steps.add(new Step(
                        step.commands(), text.lines().map(Tutorial::plain).toList()));
            }
        }
        return new Tutorial(steps);
    }

    public int size() {
        return steps.size();
    }

    /**
     * Runs all of it, as somebody would who has just cloned the project.
     *
     * @param folder an empty one, for what the reader writes
     * @return what did not come; empty where all did
     */
    public String run(Cluster cluster, Path folder) throws IOException, InterruptedException {
        for (var known : List.of("src", "examples")) {
            Files.createSymbolicLink(
                    folder.resolve(known), Adit.ROOT.toAbsolutePath().resolve(known));
        }
        var programs = Files.createDirectory(folder.resolve("bin"));
        var words = Adit.command().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        program(programs.resolve("adit"), words);
        program(programs.resolve("helm"), "'" + Helm.find().program() + "'");
        program(programs.resolve("kubectl"), "'" + cluster.program("kubectl") + "'");
        var script = Files.writeString(folder.resolve("commands"), script());
        var output = folder.resolve("output");
        var builder = new ProcessBuilder("bash", "-e", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .put("KUBECONFIG", cluster.kubeconfig().toAbsolutePath().toString());
        builder.environment().merge("PATH", programs.toString(), (old, first) -> first + ":" + old);
        var exit = builder.start().waitFor();
        var said = Files.readString(output, StandardCharsets.UTF_8);
        var missing = missing(said);
        return exit == 0 && missing.isEmpty() ? "" : "exit code %d%s%n%s".formatted(exit, missing, said);
    }

    private static void program(Path file, String command) throws IOException {
        Files.writeString(file, "#!/bin/sh\nexec " + command + " \"$@\"\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String script() {
        var script = new StringBuilder();
        for (var i = 0; i < steps.size(); i++) {
            script.append(steps.get(i).commands())
                    .append("echo '")
                    .append(END.formatted(i))
                    .append("'\n");
        }
        return script.toString();
    }

    private String missing(String said) {
        var missing = new StringBuilder();
        var rest = said;
        for (var i = 0; i < steps.size(); i++) {
            var end = rest.indexOf(END.formatted(i));
            if (end < 0) {
                return missing
                        + "; block %d did not end:%n%s"
                                .formatted(i, steps.get(i).commands());
            }
            var output = plain(rest.substring(0, end));
            steps.get(i).expected().stream()
                    .filter(line -> !output.contains(line))
                    .forEach(line -> missing.append("; it does not say: ").append(line));
            rest = rest.substring(end);
        }
        return missing.toString();
    }

    private static String plain(String text) {
        return BLANKS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }
}
