package dev.adit.observe;

/** The connections of clients. */
public interface ConnectionCounts {
    /** Before there are listeners. */
    ConnectionCounts NONE = new ConnectionCounts() {
        @Override
        public int openConnections() {
            return 0;
        }

        @Override
        public long acceptedConnections() {
            return 0;
        }
    };

    /** Those that there are. */
    int openConnections();

    /** Those that there have been so far, too. */
    long acceptedConnections();
}
