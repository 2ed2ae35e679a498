package dev.adit.neverdrop;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Clients that mean no good, each in its own way, for as long as they are let. */
public enum Attack {
    /** Five thousand heads that never come to their end, a byte at a time. */
    SLOWLORIS(1, Http1Attacks::slowHeads),
    /** Two thousand uploads that crawl. */
    SLOW_UPLOADS(1, Http1Attacks::slowUploads),
    /** A thousand responses that nobody reads. */
    UNREAD_RESPONSES(1, Http1Attacks::unreadResponses),
    /** CVE-2023-44487: streams that are reset as soon as they are open. */
    RAPID_RESET(1, Http2Attacks::rapidReset),
    /** The same, and the resets come when the requests are on their way. */
    LATE_RESET(1, Http2Attacks::lateReset),
    /** CVE-2024-27316 and its like: a head that goes on and on. */
    CONTINUATION_FLOOD(1, Http2Attacks::continuationFlood),
    /** Frames that anybody may send, and that say next to nothing, as fast as they go. */
    SMALL_FRAMES(1, Http2Attacks::smallFrames),
    /** CVE-2025-8671: streams that the server itself is made to reset. */
    MADE_YOU_RESET(1, Http2Attacks::madeYouReset),
    /** CVE-2019-9517 and its like: three thousand streams whose window stays closed, and again what is reset. */
    UNREAD_STREAMS(30, StreamAttacks::unreadStreams),
    /** As many requests without their bodies as an endpoint of HTTP/1 gets connections. */
    HOARDED_ENDPOINTS(12, StreamAttacks::hoardedEndpoints),
    /** The same for an endpoint of HTTP/2. */
    HOARDED_H2C(12, StreamAttacks::hoardedH2c),
    /** An endpoint that sends interim responses for ever, to clients that do not read. */
    ENDLESS_103(10, StreamAttacks::endlessHints);

    private final int clients;
    private final Round round;

    Attack(int clients, Round round) {
        this.clients = clients;
        this.round = round;
    }

    /** From the first connection until the attacker is thrown out. */
    @FunctionalInterface
    interface Round {
        void attack(int port, LongAdder done) throws IOException, InterruptedException;
    }

    /** Whether the attacker speaks HTTP/2, by prior knowledge. */
    boolean isHttp2() {
        return this != SLOWLORIS && this != SLOW_UPLOADS && this != UNREAD_RESPONSES;
    }

    /** The host that is attacked. */
    public String host() {
        return this == HOARDED_H2C ? StreamAttacks.H2C_HOST : StreamAttacks.HOST;
    }

    /** In a process of its own, until it is ended; arguments: its name and the port. */
    public static void main(String[] arguments) throws InterruptedException {
        var attack = valueOf(arguments[0]);
        var port = Integer.parseInt(arguments[1]);
        var done = new LongAdder();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(done.sum())));
        for (var client : attack.start(port, done)) {
            client.join();
        }
    }

    /** Attacks until the threads are interrupted. */
    public List<Thread> start(int port, LongAdder done) {
        return Stream.generate(() -> Thread.startVirtualThread(() -> goOn(port, done)))
                .limit(clients)
                .toList();
    }

    private void goOn(int port, LongAdder done) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                round.attack(port, done);
            } catch (IOException _) {
                // thrown out: again
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
