package dev.adit.observe.log;

import dev.adit.observe.Finished;
import dev.adit.observe.FinishedTunnel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A line by a {@code log_format} of nginx. */
final class NginxFormat implements LineFormat {
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{([a-z0-9_]{1,100})}|([a-z0-9_]{1,100}))");

    private static final Pattern UNWRITABLE = Pattern.compile("[^ -~]");

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

    /**
     * Reads a format.
     *
     * @param isJson whether values are escaped as in texts of JSON
     * @param wrong told of what cannot be written; a hyphen stands for it
     */
    static NginxFormat parse(String format, boolean isJson, Queries queries, Consumer<String> wrong) {
        var variables = new NginxVariables(queries, isJson, wrong);
        var parts = new ArrayList<NginxVariable>();
        var found = VARIABLE.matcher(format);
        var end = 0;
        while (found.find()) {
            text(format.substring(end, found.start()), parts, wrong);
            parts.add(variables.named(found.group(1) == null ? found.group(2) : found.group(1)));
            end = found.end();
        }
        text(format.substring(end), parts, wrong);
        return new NginxFormat(parts, variables.fields());
    }

    private static void text(String text, List<NginxVariable> parts, Consumer<String> wrong) {
        if (text.indexOf('$') >= 0) {
            wrong.accept("'" + text + "' has a $ that no name of a variable follows");
        }
        if (UNWRITABLE.matcher(text).find()) {
            wrong.accept("'" + text + "' has a character that is not printable ASCII");
        }
        if (!text.isEmpty()) {
            var bytes = UNWRITABLE.matcher(text).replaceAll("-").getBytes(StandardCharsets.US_ASCII);
            parts.add((_, line) -> line.raw(bytes));
        }
    }

    /** As by the {@code log-format-stream} that ingress-nginx has by default, whatever the lines of requests look like. */
    @Override
    public void write(FinishedTunnel tunnel, Line line) {
        line.raw('[').escaped(tunnel.clientAddress());
        line.raw("] [").raw(line.now().local()).raw("] TCP ");
        line.number(LogSelection.status(tunnel)).raw(' ');
        line.number(tunnel.sent()).raw(' ').number(tunnel.received());
        line.raw(' ').seconds(tunnel.nanos());
    }

    @Override
    public void write(Finished request, Line line) {
        for (var part : parts) {
            part.write(request, line);
        }
    }
}
