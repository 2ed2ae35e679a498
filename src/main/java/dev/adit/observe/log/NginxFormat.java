package dev.adit.observe.log;

import dev.adit.observe.Finished;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A line by a {@code log_format} of nginx. */
final class NginxFormat implements LineFormat {
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{([a-z0-9_]{1,100})}|([a-z0-9_]{1,100}))");

    private final NginxVariable[] parts;
    private final List<String> fields;

    private NginxFormat(List<NginxVariable> parts, List<String> fields) {
        this.parts = parts.toArray(NginxVariable[]::new);
        this.fields = fields;
    }

    @Override
    public List<String> fields() {
        return fields;
    }

    static NginxFormat parse(String format, Queries queries) {
        var variables = new NginxVariables(queries, format.stripLeading().startsWith("{"));
        var parts = new ArrayList<NginxVariable>();
        var found = VARIABLE.matcher(format);
        var end = 0;
        while (found.find()) {
            text(format.substring(end, found.start()), parts);
            parts.add(variables.named(found.group(1) == null ? found.group(2) : found.group(1)));
            end = found.end();
        }
        text(format.substring(end), parts);
        return new NginxFormat(parts, variables.fields());
    }

    private static void text(String text, List<NginxVariable> parts) {
        if (text.indexOf('$') >= 0) {
            throw new IllegalArgumentException("'" + text + "' has a $ that no name of a variable follows");
        }
        if (text.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new IllegalArgumentException("'" + text + "' has a character that is not printable ASCII");
        }
        if (!text.isEmpty()) {
            var bytes = text.getBytes(StandardCharsets.US_ASCII);
            parts.add((_, line) -> line.raw(bytes));
        }
    }

    @Override
    public void write(Finished request, Line line) {
        for (var part : parts) {
            part.write(request, line);
        }
    }
}
