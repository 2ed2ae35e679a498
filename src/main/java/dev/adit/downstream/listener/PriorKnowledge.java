package dev.adit.downstream.listener;

/** Whether clients may speak HTTP/2 without TLS from the first byte on (RFC 9113 §3.3). */
enum PriorKnowledge {
    NEVER,
    /** Where the port has a listener of a Gateway: gRPC without TLS is nothing else, and a GRPCRoute may attach to it. */
    WITH_GATEWAYS,
    ALWAYS
}
