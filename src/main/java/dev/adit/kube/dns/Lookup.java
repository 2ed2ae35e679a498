package dev.adit.kube.dns;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Asks for the addresses of a name. */
public interface Lookup extends AutoCloseable {

    /** What came back. */
    sealed interface Answer {
        /**
         * At least one.
         *
         * @param ttl how long they are good for
         */
        record Addresses(List<InetAddress> addresses, Duration ttl) implements Answer {}

        record Failure(String reason) implements Answer {}
    }

    /** Returns at once; the answer comes on a thread that must not be held up. */
    void ask(String name, Consumer<Answer> answered);

    /** Calls back on that thread. */
    void after(Duration pause, Runnable task);

    @Override
    void close();
}
