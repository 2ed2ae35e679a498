package dev.adit.admin.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.text.Version;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How this process was started, and what each of its threads is doing. */
final class ProcessJson {
    // To ask what threads do stops all of them for a moment.
    private static final long KEPT_NANOS = 1_000_000_000L;
    private static final String OWN = "ADIT_";

    // No option holds a secret, files apart; but people give variables such names.
    private static final Pattern SECRET = Pattern.compile("(?:PASSW|SECRET|TOKEN|CREDENTIAL|KEY)(?!.*_FILE$)");
    private static final Pattern USER_OR_QUERY = Pattern.compile("(?<=://)[^/@]*@|[?#].*");
    private static final String HIDDEN = "REDACTED";

    private final List<String> arguments;
    private @Nullable ObjectNode last;
    private long lastAt;

    ProcessJson(List<String> arguments) {
        this.arguments = arguments;
    }

    /** As it is now, or was a second ago. */
    synchronized ObjectNode get() {
        var now = System.nanoTime();
        if (last == null || now - lastAt > KEPT_NANOS) {
            last = made();
            lastAt = now;
        }
        return last;
    }

    private ObjectNode made() {
        var runtime = Runtime.getRuntime();
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("version", Version.text())
                .put("java", System.getProperty("java.vm.version"))
                .put("isNative", System.getProperty("org.graalvm.nativeimage.imagecode") != null)
                .put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .put("architecture", System.getProperty("os.arch"))
                .put("processors", runtime.availableProcessors())
                .put("heapBytes", runtime.totalMemory() - runtime.freeMemory())
                .put("heapLimitBytes", runtime.maxMemory());
        var given = json.putArray("arguments");
        arguments.forEach(argument -> given.add(hidden(argument)));
        var environment = json.putObject("environment");
        new TreeMap<>(System.getenv()).forEach((name, value) -> {
            if (name.startsWith(OWN)) {
                environment.put(name, SECRET.matcher(name).find() ? HIDDEN : hidden(value));
            }
        });
        threads(json.putArray("threads"));
        return json;
    }

    /** Without the user and the query of a URL. */
    private static String hidden(String value) {
        return value.contains("://") ? USER_OR_QUERY.matcher(value).replaceAll("") : value;
    }

    private static void threads(ArrayNode json) {
        Thread.getAllStackTraces().entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<Thread, StackTraceElement[]> entry) ->
                        entry.getKey().getName()))
                .forEach(entry -> {
                    var thread = json.addObject()
                            .put("name", entry.getKey().getName())
                            .put("state", entry.getKey().getState().name());
                    var frames = thread.putArray("stack");
                    for (var frame : entry.getValue()) {
                        frames.add(frame.toString());
                    }
                });
    }
}
