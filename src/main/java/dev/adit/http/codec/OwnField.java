package dev.adit.http.codec;

import io.netty.util.AsciiString;

/** The name of a field that Adit writes itself, in the forms in which it is written. */
public final class OwnField {
    static final OwnField HOST = new OwnField("host");
    static final OwnField TE = new OwnField("te");
    static final OwnField VIA = new OwnField("via");
    static final OwnField FORWARDED_FOR = new OwnField("x-forwarded-for");
    static final OwnField FORWARDED_PROTO = new OwnField("x-forwarded-proto");
    static final OwnField FORWARDED_HOST = new OwnField("x-forwarded-host");
    static final OwnField FORWARDED_PORT = new OwnField("x-forwarded-port");
    static final OwnField REAL_IP = new OwnField("x-real-ip");
    static final OwnField CONTENT_LENGTH = new OwnField("content-length");
    static final OwnField UPGRADE = new OwnField("upgrade");

    private final AsciiString name;
    private final byte[] line;

    private OwnField(String name) {
        this.name = AsciiString.cached(name);
        this.line = HeadBuffer.ascii(name + ": ");
    }

    /** As HTTP/2 has it, in lower case. */
    public AsciiString name() {
        return name;
    }

    /** As a line of HTTP/1 begins, with the colon; not to be changed. */
    byte[] line() {
        return line;
    }
}
