package dev.adit.forwarding;

import dev.adit.testbed.Versions;
import dev.adit.testbed.Wire;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** A client and an endpoint of one pair of versions; the tests of one pair share the proxy. */
abstract class WireTest {
    private static Wire shared;

    @Parameter
    Versions versions;

    final Wire wire = shared;

    @BeforeParameterizedClassInvocation
    static void open(Versions versions) {
        shared = new Wire(versions);
    }

    @AfterParameterizedClassInvocation
    static void close() throws Exception {
        shared.close();
    }
}
