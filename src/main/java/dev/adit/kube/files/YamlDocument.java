package dev.adit.kube.files;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** One document of a YAML file, with the lines its fields stand on. */
final class YamlDocument {
    private static final int READ_CHARACTERS = 1 << 20;

    /** What is wrong with the text, as the rest of a sentence about it; lines count from 1. */
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
    private final IdentityHashMap<MappingNode, Map<String, Node>> fields = new IdentityHashMap<>();

    private YamlDocument(Node node, Map<?, ?> content) {
        this.node = node;
        this.content = content;
    }

    /**
     * Reads one document after the other, so that only one is in memory. Those that are empty or no mapping are left out.
     *
     * @throws SyntaxException where the text is not YAML, or holds more than is read
     */
    static void parse(String text, Consumer<YamlDocument> reader) throws SyntaxException {
        var settings = LoadSettings.builder()
                .setUseMarks(true)
                .setCodePointLimit(YamlBounds.CHARACTERS)
                // With each read it copies all that it has of a line: with few reads that is no more than the line
                // itself.
                .setBufferSize(READ_CHARACTERS)
                .build();
        try {
            var parser = new BoundedParser(new ParserImpl(settings, new StreamReader(settings, text)));
            var composer = new Composer(settings, parser);
            while (composer.hasNext()) {
                var node = composer.next();
                YamlBounds.check(node);
                var value = new StandardConstructor(settings).constructSingleDocument(Optional.of(node));
                if (value instanceof Map<?, ?> map) {
                    reader.accept(new YamlDocument(node, map));
                }
            }
        } catch (YamlBounds.ExceededException e) {
            throw new SyntaxException(e.line(), String.valueOf(e.getMessage()));
        } catch (MarkedYamlEngineException e) {
            var line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new SyntaxException(line, "is not valid YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new SyntaxException(1, "is not valid YAML: " + e.getMessage());
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

    private @Nullable Node child(Node node, Object step) {
        if (node instanceof MappingNode mapping) {
            return fields.computeIfAbsent(mapping, YamlDocument::fields).get(step);
        }
        if (node instanceof SequenceNode sequence && step instanceof Integer index) {
            return index < sequence.getValue().size() ? sequence.getValue().get(index) : null;
        }
        return null;
    }

    private static Map<String, Node> fields(MappingNode mapping) {
        var fields = new HashMap<String, Node>();
        for (var tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                fields.putIfAbsent(key.getValue(), tuple.getValueNode());
            }
        }
        return fields;
    }

    static int start(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
