package dev.adit.downstream.http1;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What a client has sent ahead, in pieces as decoded: at most what one read brought, since reading stops then. */
final class PipelinedRequests {
    private static final int MAX_PIECES = 512;
    // A request as objects: its fields with their names and values.
    private static final int BYTES_OF_HEAD = 1_024;

    private final Deque<Object> pieces = new ArrayDeque<>(0);
    private int held;

    void add(Object piece) {
        pieces.add(piece);
        held += size(piece);
    }

    /** About how many bytes of memory they take. */
    int held() {
        return held;
    }

    /** Whether it is more than an honest client sends ahead. */
    boolean isExcessive() {
        return pieces.size() > MAX_PIECES;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** The next piece, or null when there is none that may be taken. */
    @Nullable
    Object poll(boolean requestsToo) {
        var next = requestsToo || !(pieces.peek() instanceof HttpRequest) ? pieces.poll() : null;
        held -= next == null ? 0 : size(next);
        return next;
    }

    private static int size(Object piece) {
        return piece instanceof HttpContent content ? content.content().readableBytes() : BYTES_OF_HEAD;
    }

    void release() {
        pieces.forEach(ReferenceCountUtil::release);
        pieces.clear();
        held = 0;
    }
}
