package dev.adit.http.codec;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Decodes responses, and repairs none: a status line or a field name that two readers could take in two ways is an
 * error, as it is in a request. Those to HEAD have no body whatever they say.
 */
public final class ResponseDecoder extends HttpResponseDecoder {
    private final int mostFields;
    private boolean head;
    private int fields;
    private int wordEnd;

    /**
     * For one connection.
     *
     * @param mostFields lines of a head and of its trailers together
     */
    public ResponseDecoder(HttpDecoderConfig config, int mostFields) {
        super(config);
        this.mostFields = mostFields;
    }

    /** To be told before each request is sent. */
    public void expect(boolean toHead) {
        head = toHead;
    }

    /** Whether nothing has come behind the last response. */
    public boolean isDrained() {
        return actualReadableBytes() == 0;
    }

    /** RFC 9112 §4, and no status beyond 599, which is invalid (RFC 9110 §15). */
    @Override
    protected HttpMessage createMessage(String[] line) {
        fields = 0;
        var isVersion = line[0].equals("HTTP/1.1") || line[0].equals("HTTP/1.0");
        if (!isVersion || !isStatus(line[1]) || !HeadBuffer.isLine(line[2])) {
            throw new IllegalArgumentException("not a status line");
        }
        return super.createMessage(line);
    }

    /** Three digits, from 100 to 599; null is none. */
    public static boolean isStatus(@Nullable CharSequence text) {
        return text != null
                && text.length() == 3
                && text.charAt(0) >= '1'
                && text.charAt(0) <= '5'
                && isDigit(text.charAt(1))
                && isDigit(text.charAt(2));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    @Override
    protected String splitFirstWordInitialLine(byte[] line, int start, int length) {
        if (start != 0) {
            throw new IllegalArgumentException("a blank before the status line");
        }
        wordEnd = length;
        return super.splitFirstWordInitialLine(line, start, length);
    }

    @Override
    protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
        if (start != wordEnd + 1 || line[wordEnd] != ' ') {
            throw new IllegalArgumentException("not one space before the status");
        }
        wordEnd = start + length;
        return super.splitSecondWordInitialLine(line, start, length);
    }

    @Override
    protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
        if (line[wordEnd] != ' ') {
            throw new IllegalArgumentException("no space before the reason");
        }
        return super.splitThirdWordInitialLine(line, start, length);
    }

    /** RFC 9112 §5.1: no blank stands before the colon. The original takes it, and all that follows, for none of the name. */
    @Override
    protected AsciiString splitHeaderName(byte[] line, int start, int length) {
        if (length == 0 || line[start + length] != ':') {
            throw new IllegalArgumentException("not a field name");
        }
        if (++fields > mostFields) {
            throw new IllegalArgumentException("too many fields");
        }
        return super.splitHeaderName(line, start, length);
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        return super.isContentAlwaysEmpty(message) || head;
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
    }
}
