package dev.adit.wire;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.adit.routing.FieldValue;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/** Writes the head that the client receives. */
public final class ResponseWriter {
    public static final AsciiString HSTS = AsciiString.cached("strict-transport-security");

    private final HeadBuffer out;

    public ResponseWriter(HeadBuffer out) {
        this.out = out;
    }

    /**
     * False when a field is malformed; nothing may be sent then.
     *
     * @param hsts in the place of the endpoint's own Strict-Transport-Security; null for none
     */
    @CheckReturnValue
    public boolean write(HttpResponse response, Framing framing, Persistence persistence, @Nullable FieldValue hsts) {
        var fields = response.headers();
        if (hsts != null) {
            fields.remove(HSTS);
        }
        if (!status(response.status()) || !Fields.copy(fields, out, Fields.nominated(fields))) {
            return false;
        }
        if (hsts != null) {
            out.put(HSTS, hsts);
        }
        switch (framing.kind()) {
            case LENGTH -> out.put(Ascii.CONTENT_LENGTH).put(framing.length()).put(Ascii.CRLF);
            case CHUNKED -> out.put(Ascii.CHUNKED);
            case NONE -> {
                var length = Fields.lengthWithoutBody(response);
                if (length != null && !out.field(Ascii.CONTENT_LENGTH, length)) {
                    return false;
                }
            }
            case UNTIL_CLOSE, UNCLEAR -> {}
        }
        persistence(persistence);
        out.put(Ascii.CRLF);
        return true;
    }

    /** Tells the client to send the body that it holds back. */
    public void writeContinue() {
        out.clear().put(Ascii.CONTINUE);
    }

    /** An interim response (RFC 9110 §15.2), which has no framing; false when a field is malformed. */
    @CheckReturnValue
    public boolean writeInterim(HttpResponse response) {
        var fields = response.headers();
        if (!status(response.status()) || !Fields.copy(fields, out, Fields.nominated(fields))) {
            return false;
        }
        out.put(Ascii.CRLF);
        return true;
    }

    /** An answer of our own. */
    public void write(OwnAnswer answer, boolean head, Persistence persistence) {
        if (!status(answer.status())) {
            throw new IllegalStateException("the reason phrases of our own are constants");
        }
        answer.fields().forEach(out::put);
        persistence(persistence);
        out.put(Ascii.CRLF);
        if (!head) {
            out.body(answer.text());
        }
    }

    @CheckReturnValue
    private boolean status(HttpResponseStatus status) {
        return out.clear().put(Ascii.STATUS).put(status.code()).put(Ascii.SPACE).line(status.reasonPhrase());
    }

    private void persistence(Persistence persistence) {
        switch (persistence) {
            case IMPLIED -> {}
            case KEEP_ALIVE -> out.put(Ascii.KEEP_ALIVE);
            case CLOSE -> out.put(Ascii.CLOSE);
        }
    }
}
