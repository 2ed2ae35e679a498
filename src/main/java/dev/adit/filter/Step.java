package dev.adit.filter;

/** How a request goes on after a filter. */
public enum Step {
    /** To the next filter, or to an endpoint. */
    PROCEED,
    /** Not at all: the filter has answered it. */
    ANSWERED,
    /** The filter waits for something, and will say. */
    LATER
}
