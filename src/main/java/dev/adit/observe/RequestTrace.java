package dev.adit.observe;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The trace of one request that was sampled. It is called on the event loop of the request. */
public interface RequestTrace {
    /** An endpoint has been chosen, and is about to be asked. */
    void attempt();

    /**
     * Gives the header fields by which that endpoint goes on with the trace.
     *
     * @param fields sets a field by its name in place of what the client sent; null removes it
     */
    void propagate(BiConsumer<CharSequence, @Nullable CharSequence> fields);
}
