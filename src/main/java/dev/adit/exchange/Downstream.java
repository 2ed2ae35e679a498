package dev.adit.exchange;

import dev.adit.http.Client;
import dev.adit.http.codec.Answer;
import dev.adit.http.codec.Framing;
import dev.adit.overload.Owner;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;

/** The client's end of one exchange, in whatever version of HTTP it speaks. */
public interface Downstream {
    Client client();

    /** Whose exchange it is, for what clients share. */
    Owner owner();

    /**
     * The head of the final response.
     *
     * @param framing as received
     * @param bodyWithheld whether the client still holds back the body of its request
     * @return false when a field is malformed; nothing has been sent then
     */
    boolean sendHead(HttpResponse response, Framing framing, boolean bodyWithheld);

    /** A head before the final one (RFC 9110 §15.2), other than 100 and 101. */
    void sendInterim(HttpResponse response);

    /** Tells the client to send the body that it holds back. */
    void sendContinue();

    /** A part of the response's body, which belongs to this end from now on. */
    void sendContent(HttpContent part);

    /** The response has been passed on whole. */
    void end(boolean bodyWithheld);

    /** Answers in the place of an endpoint. */
    void answer(Answer answer, boolean bodyWithheld);

    /** Leaves HTTP: the endpoint has switched protocols, as this head says, and bytes pass from now on. Only of HTTP/1.1. */
    void switchProtocols(HttpResponse response, Upstream upstream);

    /** Ends in the middle of a response, so that the client cannot take it for a whole one. */
    void breakOff();

    /** Whether the client's body is wanted now. */
    void setReading(boolean on);

    /** Whether the client takes more of the response at once. */
    boolean isWritable();

    void flush();
}
