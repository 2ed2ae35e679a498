package dev.adit.control;

/** What others may see of the control loop. */
public interface ControlView {

    ControlState state();

    /** Whether the process has been told to end, and waits for its exchanges. */
    boolean isDraining();

    /** Whether the ports of Gateways have been opened that the first routing table has, as far as they can be. */
    boolean isListening();

    /** Whether changes are still followed. */
    boolean isAlive();
}
