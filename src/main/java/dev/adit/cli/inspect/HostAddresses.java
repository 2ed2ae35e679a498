package dev.adit.cli.inspect;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the names of hosts lead to, as this machine finds them. */
final class HostAddresses {
    private static final int MOST = 100;
    private static final long PATIENCE_SECONDS = 5;

    private final List<String> hosts;

    HostAddresses(List<String> hosts) {
        this.hosts = hosts.stream().limit(MOST).toList();
    }

    /** The addresses of each; none where there are none, or no answer in time. */
    Map<String, List<String>> found() {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        var asked = new HashMap<String, Future<List<String>>>();
        var found = new HashMap<String, List<String>>();
        // Not closed: one that does not answer would hold it up.
        var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());
        hosts.forEach(host -> asked.put(host, threads.submit(() -> addresses(host))));
        asked.forEach((host, answer) -> found.put(host, get(answer, end)));
        threads.shutdownNow();
        return found;
    }

    private static List<String> addresses(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .map(InetAddress::getHostAddress)
                    .toList();
        } catch (UnknownHostException _) {
            return List.of();
        }
    }

    private static List<String> get(Future<List<String>> answer, long end) {
        try {
            return answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException | CancellationException _) {
            return List.of();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
