package dev.adit.http.codec;

/** What writes heads and bodies of HTTP/1 on one event loop, by one scratch buffer. */
public final class Codecs {
    private final HeadBuffer scratch = new HeadBuffer();
    private final RequestWriter requests = new RequestWriter(scratch);
    private final ResponseWriter responses = new ResponseWriter(scratch);
    private final BodyWriter bodies = new BodyWriter(scratch);

    public HeadBuffer scratch() {
        return scratch;
    }

    public RequestWriter requests() {
        return requests;
    }

    public ResponseWriter responses() {
        return responses;
    }

    public BodyWriter bodies() {
        return bodies;
    }
}
