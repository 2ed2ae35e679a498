package dev.adit.wire;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What a client has sent ahead, in pieces as decoded: at most what one read brought, since reading stops then. */
public final class Backlog {
    private static final int MAX_PIECES = 512;

    private final Deque<Object> pieces = new ArrayDeque<>(0);

    public void add(Object piece) {
        pieces.add(piece);
    }

    /** Whether it is more than an honest client sends ahead. */
    public boolean isExcessive() {
        return pieces.size() > MAX_PIECES;
    }

    public boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** The next piece, or null when there is none that may be taken. */
    @Nullable
    public Object poll(boolean requestsToo) {
        return requestsToo || !(pieces.peek() instanceof HttpRequest) ? pieces.poll() : null;
    }

    public void release() {
        pieces.forEach(ReferenceCountUtil::release);
        pieces.clear();
    }
}
