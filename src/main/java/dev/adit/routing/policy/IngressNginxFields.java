package dev.adit.routing.policy;

/** Endpoints get the fields that ingress-nginx adds to a request, beside those that every proxy here adds. */
public record IngressNginxFields() implements Policy {}
