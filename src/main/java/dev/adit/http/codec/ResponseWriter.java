package dev.adit.http.codec;

import com.google.errorprone.annotations.CheckReturnValue;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;

/** Writes the head that the client receives. */
public final class ResponseWriter {
    private final HeadBuffer out;

    public ResponseWriter(HeadBuffer out) {
        this.out = out;
    }

    /** False when a field is malformed; nothing may be sent then. */
    @CheckReturnValue
    public boolean write(HttpResponse response, Framing framing, KeepAlive persistence) {
        var fields = response.headers();
        if (!status(response.status()) || !Fields.copy(fields, out, Fields.nominated(fields))) {
            return false;
        }
        switch (framing.kind()) {
            case LENGTH -> out.put(Ascii.CONTENT_LENGTH).put(framing.length()).put(Ascii.CRLF);
            case CHUNKED -> out.put(Ascii.CHUNKED);
            case NONE -> {
                var length = Fields.lengthWithoutBody(response);
                if (length != null && !out.field(OwnField.CONTENT_LENGTH, length)) {
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

    /** The head of a switch to another protocol; false when a field is malformed. */
    @CheckReturnValue
    public boolean writeSwitch(HttpResponse response) {
        var fields = response.headers();
        if (!status(response.status())
                || !Fields.copy(fields, out, Fields.nominated(fields))
                || !out.field(OwnField.UPGRADE, fields.get(HttpHeaderNames.UPGRADE))) {
            return false;
        }
        out.put(Ascii.CONNECTION_UPGRADE).put(Ascii.CRLF);
        return true;
    }

    /** An answer of our own. */
    public void write(Answer answer, boolean head, KeepAlive persistence) {
        if (!status(answer.status())) {
            throw new IllegalStateException("the reason phrases of our own are constants");
        }
        answer.fields().forEach(field -> out.put(field.getKey(), field.getValue()));
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

    private void persistence(KeepAlive persistence) {
        switch (persistence) {
            case IMPLIED -> {}
            case KEEP_ALIVE -> out.put(Ascii.KEEP_ALIVE);
            case CLOSE -> out.put(Ascii.CLOSE);
        }
    }
}
