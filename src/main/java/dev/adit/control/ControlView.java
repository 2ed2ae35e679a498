package dev.adit.control;

/** What others may see of the control loop. */
public interface ControlView {

    ControlState state();

    /** Whether the process has been told to end, and waits for its exchanges. */
    boolean isDraining();

    /** Whether changes are still followed. */
    boolean isAlive();
}
