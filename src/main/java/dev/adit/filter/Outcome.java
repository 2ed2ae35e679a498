package dev.adit.filter;

import dev.adit.http.Refusal;
import dev.adit.http.codec.Answer;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;

/**
 * What a client is about to be answered.
 *
 * @param fields as they came, before any filter has changed them
 * @param isOfEndpoint whether an endpoint has answered, and not Adit in its place
 * @param isWithoutEndpoint whether it is Adit that answers since there is no endpoint
 */
public record Outcome(int status, HttpHeaders fields, boolean isOfEndpoint, boolean isWithoutEndpoint) {
    /** The response of an endpoint. */
    public static Outcome ofEndpoint(HttpResponse response) {
        return new Outcome(response.status().code(), response.headers(), true, false);
    }

    /** Adit's own answer. */
    public static Outcome of(Answer answer) {
        var why = answer.refusal();
        var isWithoutEndpoint = why == Refusal.NO_ENDPOINT || why == Refusal.ROUTE_UNAVAILABLE;
        return new Outcome(answer.status().code(), answer.headers(), false, isWithoutEndpoint);
    }
}
