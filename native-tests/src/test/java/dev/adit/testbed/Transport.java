package dev.adit.testbed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/** The ways in which a client may send a request to Adit. */
public enum Transport {
    HTTP,
    HTTPS,
    /** Over TLS, chosen by ALPN. */
    H2,
    /** Without TLS, by prior knowledge. */
    H2C;

    public int port(Adit adit) {
        return isSecure() ? adit.https() : adit.http();
    }

    public boolean isSecure() {
        return this == HTTPS || this == H2;
    }

    public boolean isHttp2() {
        return this == H2 || this == H2C;
    }

    /** Everything before the first request; what comes before TLS has been sent. */
    public RawSocket begin(RawSocket connected, String host) throws IOException, GeneralSecurityException {
        if (isSecure()) {
            connected.secure(host, isHttp2() ? "h2" : "http/1.1");
        }
        return isHttp2() ? connected.send(Http2Bytes.begin().toBytes()) : connected;
    }

    /** The first request of a connection, with a body of two bytes. */
    public byte[] post(String host, String target) {
        if (isHttp2()) {
            return new Http2Bytes()
                    .headers(1, false, ":method", "POST", ":scheme", "https", ":path", target, ":authority", host)
                    .frame(Http2Bytes.DATA, Http2Bytes.END_STREAM, 1, "hi".getBytes(StandardCharsets.US_ASCII))
                    .toBytes();
        }
        return ("POST " + target + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 2\r\n\r\nhi")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The status of the first response. */
    public int status(RawSocket from) throws IOException {
        return isHttp2()
                ? Http2Bytes.next(from, Http2Bytes.HEADERS).status()
                : Integer.parseInt(from.readTo("\r\n\r\n").substring(9, 12));
    }
}
