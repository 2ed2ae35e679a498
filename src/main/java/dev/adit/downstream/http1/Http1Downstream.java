package dev.adit.downstream.http1;

import dev.adit.exchange.Downstream;
import dev.adit.exchange.EventLoopContext;
import dev.adit.exchange.Upstream;
import dev.adit.http.Client;
import dev.adit.http.codec.Answer;
import dev.adit.http.codec.Fields;
import dev.adit.http.codec.Framing;
import dev.adit.http.codec.KeepAlive;
import dev.adit.overload.Owner;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;

/** One request's turn on its connection: the response, in the framing that this client understands. */
final class Http1Downstream implements Downstream {
    private final EventLoopContext loop;
    private final Client client;
    private final Http1ClientConnection handler;
    private final HttpRequest request;
    private boolean chunked;
    private boolean untilClose;
    private boolean trailers;
    private KeepAlive persistence = KeepAlive.IMPLIED;

    Http1Downstream(EventLoopContext loop, Client client, Http1ClientConnection handler, HttpRequest request) {
        this.client = client;
        this.loop = loop;
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
    public boolean sendHead(HttpResponse received, Framing receivedFraming, boolean bodyWithheld) {
        persistence = KeepAlive.of(request);
        var framing = receivedFraming.toward(isHttp10());
        untilClose = framing.is(Framing.Kind.UNTIL_CLOSE);
        if (untilClose || bodyWithheld || loop.isDraining()) {
            persistence = KeepAlive.CLOSE;
        }
        chunked = framing.is(Framing.Kind.CHUNKED);
        // RFC 9110 §6.5.1: only to those who say that they take them.
        trailers = chunked && Fields.takesTrailers(request.headers());
        if (!loop.responses().write(received, framing, persistence)) {
            return false;
        }
        handler.response().write(loop.scratch());
        return true;
    }

    @Override
    public void sendInterim(HttpResponse received) {
        if (!isHttp10() && loop.responses().writeInterim(received)) {
            handler.response().write(loop.scratch());
        }
    }

    @Override
    public void sendContinue() {
        loop.responses().writeContinue();
        handler.response().write(loop.scratch());
    }

    @Override
    public void sendContent(HttpContent part) {
        handler.response().write(part, chunked, trailers);
    }

    @Override
    public void end(boolean bodyWithheld) {
        handler.done(bodyWithheld ? KeepAlive.CLOSE : persistence);
    }

    @Override
    public void answer(Answer answer, boolean bodyWithheld) {
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
    public void setReading(boolean on) {
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
