package dev.adit.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A tree as YAML, as people write it: what is empty is left out, and what is short stands in one line. */
final class YamlText {
    private static final int WIDTH = 100;
    private static final String INDENT = "  ";
    private static final String DASH = "- ";
    // What no reader takes for anything but a text.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][-A-Za-z0-9_./]*");
    private static final Pattern WORD = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n");

    private final List<String> lines = new ArrayList<>();

    private YamlText() {}

    static List<String> of(JsonNode tree) {
        var text = new YamlText();
        text.fields("", tree);
        return text.lines;
    }

    private void fields(String indent, JsonNode object) {
        for (var field : object.properties()) {
            if (!isEmpty(field.getValue())) {
                field(indent, field);
            }
        }
    }

    private void field(String indent, Map.Entry<String, JsonNode> field) {
        var value = field.getValue();
        var start = indent + scalar(field.getKey()) + ":";
        var flow = flow(value);
        if (start.length() + flow.length() < WIDTH && !isNested(value)) {
            lines.add(start + " " + flow);
        } else if (value.isArray()) {
            lines.add(start);
            value.forEach(element -> element(indent, element));
        } else {
            lines.add(start);
            fields(indent + INDENT, value);
        }
    }

    private void element(String indent, JsonNode element) {
        var flow = flow(element);
        if (!element.isObject() || (indent.length() + flow.length() < WIDTH && !isNested(element))) {
            lines.add(indent + DASH + flow);
            return;
        }
        var first = lines.size();
        fields(indent + INDENT, element);
        lines.set(first, indent + DASH + lines.get(first).substring(indent.length() + INDENT.length()));
    }

    /** Whether it holds lists of objects, which are read better one below the other. */
    private static boolean isNested(JsonNode node) {
        if (node.isArray()) {
            for (var element : node) {
                if (element.isObject()) {
                    return true;
                }
            }
        }
        if (node.isObject()) {
            for (var element : node) {
                if (isNested(element)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String flow(JsonNode node) {
        var parts = new ArrayList<String>();
        if (node.isObject()) {
            for (var field : node.properties()) {
                if (!isEmpty(field.getValue())) {
                    parts.add(scalar(field.getKey()) + ": " + flow(field.getValue()));
                }
            }
            return "{" + String.join(", ", parts) + "}";
        }
        if (node.isArray()) {
            node.forEach(element -> parts.add(flow(element)));
            return "[" + String.join(", ", parts) + "]";
        }
        return node.isTextual() ? scalar(node.textValue()) : node.toString();
    }

    private static String scalar(String text) {
        return PLAIN.matcher(text).matches() && !WORD.matcher(text).matches()
                ? text
                : TextNode.valueOf(text).toString(); // a text of JSON is one of YAML
    }

    private static boolean isEmpty(JsonNode node) {
        return node.isContainerNode() && node.isEmpty();
    }
}
