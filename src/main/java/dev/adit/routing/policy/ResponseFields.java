package dev.adit.routing.policy;

/** The client receives other fields than the endpoint, or Adit itself, answered with. */
public record ResponseFields(FieldEdit edit) implements Policy {}
