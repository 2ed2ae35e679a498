package dev.adit.exchange;

/** One connection of a client, as the sweep of its event loop sees it. */
public interface ClientConnection {
    /** Ends what has taken too long, as of {@link System#nanoTime}. */
    void sweep(long now);

    /** Ends after the exchanges that have begun. */
    void drain();
}
