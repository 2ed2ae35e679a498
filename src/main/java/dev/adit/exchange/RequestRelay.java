package dev.adit.exchange;

import dev.adit.http.codec.DenseBuffer;
import dev.adit.http.codec.Framing;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The request's half of an exchange: its body, from the client to the endpoint, in the framing that its head announced. */
final class RequestRelay {
    // From here on the endpoint may be slow, and what is written may have to be kept.
    private static final int UNREAD = 16_384;

    private final Downstream client;
    private final Framing framing;
    private @Nullable Deque<HttpContent> parts;
    private boolean unflushed;
    private int held;
    private boolean received;
    private boolean sent;
    private boolean withheld;
    private boolean discarded;
    private long limit = Long.MAX_VALUE;
    private long total;

    /**
     * The half of a request whose head has been read.
     *
     * @param withheld whether the client waits to be told before it sends the body
     */
    RequestRelay(Downstream client, Framing framing, boolean withheld) {
        this.client = client;
        this.framing = framing;
        // RFC 9110 §10.1.1: an expectation without a body means nothing.
        this.withheld = withheld && !framing.is(Framing.Kind.NONE);
    }

    /** Whether the request could be sent again: nothing of it is kept but its head. */
    boolean isRepeatable() {
        return isNone() || (framing.is(Framing.Kind.LENGTH) && framing.length() == 0);
    }

    /** Whether its head has said that there is none, or nobody wants it any more. */
    boolean isNone() {
        return discarded || framing.is(Framing.Kind.NONE);
    }

    /** Whether a part has bytes that no field of the head has announced. */
    boolean isUnannounced(HttpContent part) {
        return framing.is(Framing.Kind.NONE) && part.content().isReadable();
    }

    /** How the body is sent to an endpoint. */
    Framing framing() {
        return discarded ? framing.withoutBody() : framing;
    }

    /** Whether nothing of it is sent to anybody any more. */
    boolean isDiscarded() {
        return discarded;
    }

    /** Nothing of the body is sent to anybody from now on; what still comes of it is read, and left out. */
    void discard() {
        release();
        discarded = true;
        sent = true;
        limit = Long.MAX_VALUE;
        client.setReading(true);
    }

    /** Whether the whole request is on its way to the endpoint. */
    boolean isSent() {
        return sent;
    }

    /** Whether the whole request has come. */
    boolean isReceived() {
        return received || isNone();
    }

    /** How many bytes of the body wait for a connection. */
    int held() {
        return held;
    }

    /** Whether the client holds its body back, so that nobody knows what its next bytes are. */
    boolean isWithheld() {
        return withheld;
    }

    /** The client has been told to go on. */
    void continued() {
        withheld = false;
    }

    /** The head has been written to the connection: what of the body has come before it follows. */
    void begin(Upstream connection) {
        unflushed = true;
        // The end of an empty body that is sent again went to the endpoint before.
        if (discarded || (sent && !isNone())) {
            connection.content(LastHttpContent.EMPTY_LAST_CONTENT);
        }
        if (parts != null) {
            var waiting = parts;
            parts = null;
            held = 0;
            waiting.forEach(part -> write(connection, part));
        }
    }

    /** A part of the body, which belongs to this half from now on; without a connection it waits, and the client too. */
    void content(@Nullable Upstream connection, HttpContent part) {
        received = part instanceof LastHttpContent;
        if (discarded) {
            part.release();
            return;
        }
        if (connection != null) {
            write(connection, part);
            return;
        }
        if (parts == null) {
            parts = new ArrayDeque<>(2);
        }
        var bytes = part.content().readableBytes(); // before they are moved
        parts.add(DenseBuffer.of(part));
        held += bytes;
        client.setReading(bytes == 0);
    }

    /** What has come before there was anyone to send it to. */
    void waiting(Consumer<HttpContent> reader) {
        if (parts != null) {
            parts.forEach(reader);
        }
    }

    /** Whether there was anything to flush. */
    boolean flush(@Nullable Upstream connection) {
        if (unflushed && connection != null) {
            unflushed = false;
            connection.flush();
            return true;
        }
        return false;
    }

    /** Lets no more than that many bytes through; false where more have come already. */
    boolean limit(long bytes) {
        limit = bytes;
        return total <= limit;
    }

    /** Whether the body is larger than it may be, with this part of it. */
    boolean exceeds(HttpContent part) {
        total += part.content().readableBytes();
        return total > limit;
    }

    /** How many bytes of the body have come. */
    long received() {
        return total;
    }

    void release() {
        if (parts != null) {
            parts.forEach(HttpContent::release);
            parts = null;
            held = 0;
        }
    }

    private void write(Upstream connection, HttpContent part) {
        withheld = false;
        unflushed = true;
        sent = part instanceof LastHttpContent;
        connection.content(connection.unsent() < UNREAD ? part : DenseBuffer.of(part));
        client.setReading(sent || connection.isWritable());
    }
}
