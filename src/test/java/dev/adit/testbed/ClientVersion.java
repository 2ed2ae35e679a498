package dev.adit.testbed;

/** What a client speaks: HTTP/1 in plain text, or HTTP/2 by TLS. */
public enum ClientVersion {
    HTTP1,
    HTTP2
}
