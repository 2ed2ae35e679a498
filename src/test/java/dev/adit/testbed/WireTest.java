package dev.adit.testbed;

import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** A client and an endpoint of one pair of versions; the tests of one pair share the proxy. */
public abstract class WireTest {
    private static Wire shared;

    @Parameter
    protected Versions versions;

    protected final Wire wire = shared;

    @BeforeParameterizedClassInvocation
    static void open(Versions versions) {
        shared = new Wire(versions);
    }

    @AfterParameterizedClassInvocation
    static void close() throws Exception {
        shared.close();
    }
}
