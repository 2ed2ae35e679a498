package dev.adit.control;

/** What others may see of the control loop. */
public interface ControlView {

    ControlState state();

    /** Whether changes are still followed. */
    boolean isAlive();
}
