package dev.adit.http1;

import dev.adit.engine.Downstream;
import dev.adit.engine.Engine;
import dev.adit.engine.Upstream;
import dev.adit.http.Client;
import dev.adit.overload.Owner;
import dev.adit.wire.Fields;
import dev.adit.wire.Framing;
import dev.adit.wire.OwnAnswer;
import dev.adit.wire.Persistence;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;

/** One request's turn on its connection: the response, in the framing that this client understands. */
final class Turn implements Downstream {
    private final Engine engine;
    private final Client client;
    private final ClientHandler handler;
    private final HttpRequest request;
    private boolean chunked;
    private boolean untilClose;
    private boolean trailers;
    private Persistence persistence = Persistence.IMPLIED;

    Turn(Engine engine, Client client, ClientHandler handler, HttpRequest request) {
        this.client = client;
        this.engine = engine;
        this.handler = handler;
        this.request = request;
    }

    @Override
    public Client client() {
        return client;
    }

    @Override
    public Owner owner() {
        return new Owner(client.addressBehind(request.headers().getAll("x-forwarded-for")), handler);
    }

    @Override
    public boolean head(HttpResponse received, Framing receivedFraming, boolean bodyWithheld) {
        persistence = Persistence.of(request);
        var framing = receivedFraming.toward(isHttp10());
        untilClose = framing.is(Framing.Kind.UNTIL_CLOSE);
        if (untilClose || bodyWithheld || engine.isDraining()) {
            persistence = Persistence.CLOSE;
        }
        chunked = framing.is(Framing.Kind.CHUNKED);
        // RFC 9110 §6.5.1: only to those who say that they take them.
        trailers = chunked && Fields.takesTrailers(request.headers());
        if (!engine.responses().write(received, framing, persistence)) {
            return false;
        }
        handler.response().write(engine.scratch());
        return true;
    }

    @Override
    public void interim(HttpResponse received) {
        if (!isHttp10() && engine.responses().writeInterim(received)) {
            handler.response().write(engine.scratch());
        }
    }

    @Override
    public void goOn() {
        engine.responses().writeContinue();
        handler.response().write(engine.scratch());
    }

    @Override
    public void content(HttpContent part) {
        handler.response().write(part, chunked, trailers);
    }

    @Override
    public void finished(boolean bodyWithheld) {
        handler.done(bodyWithheld ? Persistence.CLOSE : persistence);
    }

    @Override
    public void answer(OwnAnswer answer, boolean bodyWithheld) {
        handler.refuse(answer, request, bodyWithheld);
    }

    @Override
    public void switchProtocols(HttpResponse received, Upstream upstream) {
        handler.switchProtocols(received, upstream);
    }

    @Override
    public void breakOff() {
        handler.breakOff(untilClose);
    }

    @Override
    public void reading(boolean on) {
        handler.reading(on);
    }

    @Override
    public boolean isWritable() {
        return handler.response().isWritable();
    }

    @Override
    public void flush() {
        handler.response().flush();
    }

    /** HTTP/1.0 knows no chunks and no interim responses. */
    private boolean isHttp10() {
        return request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    }
}
