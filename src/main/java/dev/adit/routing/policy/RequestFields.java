package dev.adit.routing.policy;

/** The endpoint receives other fields than the client sent. */
public record RequestFields(FieldEdit edit) implements Policy {}
