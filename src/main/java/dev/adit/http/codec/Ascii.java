package dev.adit.http.codec;

/** The bytes that heads are made of. */
final class Ascii {
    static final byte[] CRLF = HeadBuffer.ascii("\r\n");
    static final byte[] COLON = HeadBuffer.ascii(": ");
    static final byte[] SPACE = HeadBuffer.ascii(" ");
    static final byte[] VERSION = HeadBuffer.ascii(" HTTP/1.1\r\n");
    static final byte[] STATUS = HeadBuffer.ascii("HTTP/1.1 ");
    static final byte[] CONTENT_LENGTH = HeadBuffer.ascii("content-length: ");
    static final byte[] CHUNKED = HeadBuffer.ascii("transfer-encoding: chunked\r\n");
    static final byte[] CLOSE = HeadBuffer.ascii("connection: close\r\n");
    static final byte[] KEEP_ALIVE = HeadBuffer.ascii("connection: keep-alive\r\n");
    static final byte[] UPGRADE_WEBSOCKET = HeadBuffer.ascii("connection: upgrade\r\nupgrade: websocket\r\n");
    static final byte[] CONNECTION_UPGRADE = HeadBuffer.ascii("connection: upgrade\r\n");
    static final byte[] CONTINUE = HeadBuffer.ascii("HTTP/1.1 100 Continue\r\n\r\n");
    static final byte[] LAST_CHUNK = HeadBuffer.ascii("0\r\n");

    private Ascii() {}
}
