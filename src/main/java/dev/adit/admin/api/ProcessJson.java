package dev.adit.admin.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.text.Version;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How this process was started, and what each of its threads is doing. */
final class ProcessJson {
    private static final String OWN = "ADIT_";

    private ProcessJson() {}

    static ObjectNode now(List<String> arguments) {
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
        arguments.forEach(json.putArray("arguments")::add);
        var environment = json.putObject("environment");
        new TreeMap<>(System.getenv()).forEach((name, value) -> {
            if (name.startsWith(OWN)) {
                environment.put(name, value);
            }
        });
        threads(json.putArray("threads"));
        return json;
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
