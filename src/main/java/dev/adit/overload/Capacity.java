package dev.adit.overload;

/**
 * How much there is of what clients share, on each event loop.
 *
 * @param heldBytes memory for bytes that wait for a client or an endpoint
 * @param endpointConnections exchanges with one endpoint at a time, each of which needs a connection or a stream
 * @param waiting requests that may wait for one endpoint
 */
public record Capacity(long heldBytes, int endpointConnections, int waiting) {
    private static final int ENDPOINT_CONNECTIONS = 512;
    private static final int WAITING = 512;

    /** What the memory of this process allows for one of so many event loops. */
    public static Capacity ofProcess(int loops) {
        return new Capacity(MemoryBudget.limit(loops), ENDPOINT_CONNECTIONS, WAITING);
    }
}
