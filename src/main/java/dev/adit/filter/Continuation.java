package dev.adit.filter;

/** Takes up a request that a filter has held. Called once, on the event loop of the request. */
public interface Continuation {
    void proceed();
}
