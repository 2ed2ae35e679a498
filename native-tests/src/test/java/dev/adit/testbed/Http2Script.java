package dev.adit.testbed;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Frames in answer to a request of HTTP/2, well-formed or not. */
@FunctionalInterface
public interface Http2Script extends ScriptedOrigin.Script {
    /**
     * A header section.
     *
     * @param flags END_STREAM, or 0
     * @param fields names and values in turn
     */
    static Http2Script head(int flags, String... fields) {
        return named(
                "head " + flags + Arrays.asList(fields),
                (stream, out) -> out.write(Http2Frames.headers(flags, stream, Http2Frames.section(fields))));
    }

    /**
     * A part of the body.
     *
     * @param flags END_STREAM, or 0
     */
    static Http2Script data(int flags, String text) {
        return (stream, out) ->
                out.write(Http2Frames.frame(Http2Frames.DATA, flags, stream, ScriptedOrigin.bytes(text)));
    }

    /** One after the other. */
    default Http2Script then(Http2Script next) {
        return named(this + ", and more", (stream, out) -> {
            answer(stream, out);
            next.answer(stream, out);
        });
    }

    private static Http2Script named(String name, Http2Script script) {
        return new Http2Script() {
            @Override
            public void answer(int stream, OutputStream out) throws IOException {
                script.answer(stream, out);
            }

            @Override
            public String toString() {
                return name.substring(0, Math.min(80, name.length()));
            }
        };
    }
}
