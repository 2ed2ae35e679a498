package dev.adit.exchange;

import dev.adit.http.Client;
import dev.adit.http.RequestHead;
import dev.adit.http.codec.Answer;
import dev.adit.http.codec.Framing;
import dev.adit.overload.Owner;
import dev.adit.routing.Route;
import dev.adit.routing.policy.Mirror;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a request on its way to a second upstream. It reads nothing by itself: it gets the parts of the body as the
 * request itself gets them, and is dropped where its endpoint does not keep up.
 */
final class MirroredRequest implements Downstream {
    private static final int MOST_BEHIND = 65_536;

    private final Client client;
    private final Owner owner;
    private final Exchange copy;
    private final boolean isWithBody;
    // There may be several: each passes on what it gets.
    private final @Nullable MirroredRequest before;
    private boolean keepsUp = true;
    private boolean over;
    private int behind;

    MirroredRequest(
            EventLoopContext loop, Exchange original, Mirror to, RequestHead asked, @Nullable MirroredRequest before) {
        this.before = before;
        this.isWithBody = to.isWithBody();
        this.client = original.client();
        this.owner = original.owner();
        var admitted = original.admitted();
        var route = new Route(
                admitted.route().match(),
                new Route.Action.Forward(to.upstream(), to.policy()),
                admitted.route().origin());
        this.copy = new Exchange(
                loop,
                this,
                copy(original.request(), isWithBody),
                new Admission.Admitted(
                        asked,
                        isWithBody ? admitted.framing() : admitted.framing().withoutBody(),
                        admitted.generation(),
                        route,
                        admitted.isSecure()),
                new EndedExchange(_ -> {}), // no client has asked for it
                null);
    }

    /** Both endpoints get fields of their own: each of them takes a hop from Max-Forwards. */
    private static HttpRequest copy(HttpRequest request, boolean isWithBody) {
        var fields = HeadersMultiMap.headers().setAll(request.headers());
        if (!isWithBody) {
            fields.remove(HttpHeaderNames.EXPECT);
        }
        return new DefaultHttpRequest(request.protocolVersion(), request.method(), request.uri(), fields);
    }

    void start() {
        copy.start();
        if (!isWithBody) {
            copy.requestContent(LastHttpContent.EMPTY_LAST_CONTENT);
            copy.flushRequest();
        }
    }

    /** A part of the body, of which this and those before take copies. */
    void body(HttpContent part) {
        if (before != null) {
            before.body(part);
        }
        take(part);
    }

    /** A part of the body, of which this one alone takes a copy. */
    void take(HttpContent part) {
        if (over || !isWithBody) {
            return;
        }
        behind = keepsUp ? 0 : behind + part.content().readableBytes();
        if (behind > MOST_BEHIND) {
            drop();
        } else {
            copy.requestContent(part.replace(part.content().retainedDuplicate()));
        }
    }

    void flushBody() {
        if (before != null) {
            before.flushBody();
        }
        copy.flushRequest();
    }

    /** The request itself has ended before its body did. */
    void gone() {
        if (before != null) {
            before.gone();
        }
        drop();
    }

    private void drop() {
        if (!over && isWithBody) { // else it is whole
            over = true;
            copy.clientGone();
        }
    }

    @Override
    public Client client() {
        return client;
    }

    @Override
    public Owner owner() {
        return owner;
    }

    @Override
    public boolean sendHead(HttpResponse response, Framing framing, boolean bodyWithheld) {
        return true;
    }

    @Override
    public void sendInterim(HttpResponse response) {}

    @Override
    public void sendContinue() {}

    @Override
    public void sendContent(HttpContent part) {
        part.release();
    }

    @Override
    public void end(boolean bodyWithheld) {
        over = true;
    }

    @Override
    public void answer(Answer answer, boolean bodyWithheld) {
        over = true;
    }

    @Override
    public void switchProtocols(HttpResponse response, Upstream upstream) {
        over = true;
        upstream.abort();
    }

    @Override
    public void breakOff() {
        over = true;
    }

    @Override
    public void setReading(boolean on) {
        keepsUp = on;
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void flush() {}
}
