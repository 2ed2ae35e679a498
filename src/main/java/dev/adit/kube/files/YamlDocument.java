package dev.adit.kube.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** One document of a YAML file, with the lines its fields stand on. */
final class YamlDocument {
    /** The text is not YAML; lines count from 1. */
    static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int line;

        SyntaxException(int line, String message) {
            super(message);
            this.line = line;
        }

        int line() {
            return line;
        }
    }

    private final Node node;
    private final Map<?, ?> content;

    private YamlDocument(Node node, Map<?, ?> content) {
        this.node = node;
        this.content = content;
    }

    /** Documents that are empty or no mapping are left out. */
    static List<YamlDocument> parse(String text) throws SyntaxException {
        var settings = LoadSettings.builder().setUseMarks(true).build();
        var documents = new ArrayList<YamlDocument>();
        try {
            for (var node : new Compose(settings).composeAllFromString(text)) {
                var value = new StandardConstructor(settings).constructSingleDocument(Optional.of(node));
                if (value instanceof Map<?, ?> map) {
                    documents.add(new YamlDocument(node, map));
                }
            }
            return documents;
        } catch (MarkedYamlEngineException e) {
            var line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new SyntaxException(line, String.valueOf(e.getProblem()));
        } catch (YamlEngineException e) {
            throw new SyntaxException(1, String.valueOf(e.getMessage()));
        }
    }

    Map<?, ?> content() {
        return content;
    }

    /** The scalar at a path of mapping keys, or empty text. */
    String text(String... path) {
        Object value = content;
        for (var key : path) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return value == null ? "" : value.toString();
    }

    /**
     * The line of the field, or of the innermost field on the way to it that is written down.
     *
     * @param path mapping keys as text, list positions as Integer
     */
    int line(List<Object> path) {
        var current = node;
        var line = start(current);
        for (var step : path) {
            var next = child(current, step);
            if (next == null) {
                return line;
            }
            current = next;
            line = start(current);
        }
        return line;
    }

    private static @Nullable Node child(Node node, Object step) {
        if (node instanceof MappingNode mapping) {
            for (var tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(step)) {
                    return tuple.getValueNode();
                }
            }
        }
        if (node instanceof SequenceNode sequence && step instanceof Integer index) {
            return index < sequence.getValue().size() ? sequence.getValue().get(index) : null;
        }
        return null;
    }

    private static int start(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
