package dev.adit.kube.files;

import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.parser.Parser;

/** Ends a document that goes too deep or has too many parts before anything is made of it: what comes next recurses. */
final class BoundedParser implements Parser {
    private final Parser parser;
    private int depth;
    private int nodes;
    private int documents;

    BoundedParser(Parser parser) {
        this.parser = parser;
    }

    @Override
    public boolean checkEvent(Event.ID id) {
        return parser.checkEvent(id);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }

    @Override
    public Event next() {
        var event = parser.next();
        switch (event.getEventId()) {
            case DocumentStart -> {
                depth = 0;
                nodes = 0;
                require(
                        ++documents <= YamlBounds.DOCUMENTS,
                        event,
                        "holds more than %d documents",
                        YamlBounds.DOCUMENTS);
            }
            case SequenceStart, MappingStart -> {
                require(++depth <= YamlBounds.DEPTH, event, "is nested more than %d levels deep", YamlBounds.DEPTH);
                nodes++;
            }
            case SequenceEnd, MappingEnd -> depth--;
            case Scalar, Alias -> nodes++;
            default -> {}
        }
        require(nodes <= YamlBounds.NODES, event, "has a document of more than %d values", YamlBounds.NODES);
        return event;
    }

    private static void require(boolean holds, Event event, String fault, int bound) {
        if (!holds) {
            var line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new YamlBounds.ExceededException(line, fault.formatted(bound) + ", and is not read; split it");
        }
    }
}
