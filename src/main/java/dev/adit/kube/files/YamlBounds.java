package dev.adit.kube.files;

import java.util.IdentityHashMap;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * How much one file of manifests may hold (CWE-400, CWE-674, CWE-776). A document is looked at as it would be without
 * aliases, since whoever reads it later sees each of them as a part of its own.
 */
final class YamlBounds {
    /** Of a file, in bytes. */
    static final int BYTES = 16 * 1024 * 1024;

    /** Of one document; more than an API server takes for one object. */
    static final int CHARACTERS = 3 * 1024 * 1024;

    /** Of one file, empty ones among them. */
    static final int DOCUMENTS = 50_000;

    /** Deeper than any definition of a custom resource. */
    static final int DEPTH = 200;

    /** The fields and values of one document: each takes 250 bytes for a moment. */
    static final int NODES = 300_000;

    private static final int CHARACTERS_PER_NODE = 64;
    private static final int DIGITS = 100;

    private final IdentityHashMap<Node, Measure> measures = new IdentityHashMap<>();

    /** How large a node is with everything in it. */
    private record Measure(long size, int height) {
        static final Measure UNKNOWN = new Measure(0, 0);
    }

    /** The file is not read, and why; lines count from 1. */
    static final class ExceededException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int line;

        ExceededException(int line, String message) {
            super(message);
            this.line = line;
        }

        int line() {
            return line;
        }
    }

    private YamlBounds() {}

    /** Looks at a document before its values are made. */
    static void check(Node document) {
        new YamlBounds().measure(document, 1);
    }

    private Measure measure(Node node, int depth) {
        if (node instanceof ScalarNode scalar) {
            return new Measure(1 + length(scalar) / CHARACTERS_PER_NODE, 1);
        }
        var known = measures.get(node);
        if (known == null) {
            require(depth <= DEPTH, node, "is nested more than " + DEPTH + " levels deep");
            measures.put(node, Measure.UNKNOWN);
            known = measure((CollectionNode<?>) node, depth);
            measures.put(node, known);
        }
        require(known.size() > 0, node, "has an alias inside of what it stands for");
        require(depth + known.height() <= DEPTH + 1, node, "is nested more than " + DEPTH + " levels deep");
        return known;
    }

    private Measure measure(CollectionNode<?> node, int depth) {
        var size = 1L;
        var height = 0;
        for (var part : node.getValue()) {
            var measure = part instanceof NodeTuple tuple
                    ? sum(measure(tuple.getKeyNode(), depth + 1), measure(tuple.getValueNode(), depth + 1))
                    : measure((Node) part, depth + 1);
            size += measure.size();
            height = Math.max(height, measure.height());
            require(size <= NODES * 2L, node, "has aliases that stand for more than is read");
        }
        return new Measure(size, height + 1);
    }

    private static Measure sum(Measure key, Measure value) {
        return new Measure(key.size() + value.size(), Math.max(key.height(), value.height()));
    }

    /** To make a number of so many digits takes time by their square. */
    private static int length(ScalarNode node) {
        var length = node.getValue().length();
        var isNumber = node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT);
        require(
                !isNumber || length <= DIGITS,
                node,
                "has a number of " + length + " digits; write it as text, in quotes");
        return length;
    }

    private static void require(boolean holds, Node node, String fault) {
        if (!holds) {
            throw new ExceededException(YamlDocument.start(node), fault + ", and is not read");
        }
    }
}
