package dev.adit.wire;

import dev.adit.http.FieldRules;

/** The bytes that heads are made of. */
final class Ascii {
    static final byte[] CRLF = HeadBuffer.ascii("\r\n");
    static final byte[] COLON = HeadBuffer.ascii(": ");
    static final byte[] SPACE = HeadBuffer.ascii(" ");
    static final byte[] VERSION = HeadBuffer.ascii(" HTTP/1.1\r\n");
    static final byte[] STATUS = HeadBuffer.ascii("HTTP/1.1 ");
    static final byte[] HOST = HeadBuffer.ascii("host: ");
    static final byte[] CONTENT_LENGTH = HeadBuffer.ascii("content-length: ");
    static final byte[] CHUNKED = HeadBuffer.ascii("transfer-encoding: chunked\r\n");
    static final byte[] CLOSE = HeadBuffer.ascii("connection: close\r\n");
    static final byte[] KEEP_ALIVE = HeadBuffer.ascii("connection: keep-alive\r\n");
    static final byte[] TE_TRAILERS = HeadBuffer.ascii("te: trailers\r\n");
    static final byte[] VIA = HeadBuffer.ascii("via: 1.1 " + FieldRules.PSEUDONYM + "\r\n");
    static final byte[] VIA_2 = HeadBuffer.ascii("via: 2 " + FieldRules.PSEUDONYM + "\r\n");
    static final byte[] FORWARDED_FOR = HeadBuffer.ascii("x-forwarded-for: ");
    static final byte[] REAL_IP = HeadBuffer.ascii("x-real-ip: ");
    static final byte[] FORWARDED_PROTO_HTTP = HeadBuffer.ascii("x-forwarded-proto: http\r\n");
    static final byte[] FORWARDED_PROTO_HTTPS = HeadBuffer.ascii("x-forwarded-proto: https\r\n");
    static final byte[] FORWARDED_HOST = HeadBuffer.ascii("x-forwarded-host: ");
    static final byte[] FORWARDED_PORT = HeadBuffer.ascii("x-forwarded-port: ");
    static final byte[] CONTINUE = HeadBuffer.ascii("HTTP/1.1 100 Continue\r\n\r\n");
    static final byte[] LAST_CHUNK = HeadBuffer.ascii("0\r\n");

    private Ascii() {}
}
