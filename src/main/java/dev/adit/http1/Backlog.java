package dev.adit.http1;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What a client has sent ahead, in pieces as decoded: at most what one read brought, since reading stops then. */
final class Backlog {
    private static final int MAX_PIECES = 512;

    private final Deque<Object> pieces = new ArrayDeque<>(0);

    void add(Object piece) {
        pieces.add(piece);
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
        return requestsToo || !(pieces.peek() instanceof HttpRequest) ? pieces.poll() : null;
    }

    void release() {
        pieces.forEach(ReferenceCountUtil::release);
        pieces.clear();
    }
}
