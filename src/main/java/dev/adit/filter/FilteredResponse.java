package dev.adit.filter;

import io.netty.handler.codec.http.HttpHeaders;

/** The head of a final response as filters see it. */
public interface FilteredResponse {
    int status();

    /** The fields that the client will get, which a filter may change. */
    HttpHeaders fields();
}
