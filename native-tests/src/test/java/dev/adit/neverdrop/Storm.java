package dev.adit.neverdrop;

import dev.adit.bench.footprint.ClusterObjects;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Endpoints that come and go, so many times in a second; a process of its own, which stands back for what is measured. */
final class Storm {
    static final String SLICE = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/s%d-a";
    static final String READY = "{\"endpoints\": [{\"addresses\": [\"%s\"], \"conditions\": {\"ready\": %b}}]}";
    private static final int AT_ONCE = 64;

    private final ClusterObjects objects;
    private final String endpoint;
    private final int services;
    private final AtomicInteger sent = new AtomicInteger();
    private final Semaphore permits = new Semaphore(AT_ONCE);

    private Storm(ClusterObjects objects, String endpoint, int services) {
        this.objects = objects;
        this.endpoint = endpoint;
        this.services = services;
    }

    /** Arguments: the authority's certificate, the API server, a token, an address, how many Services, events a second. */
    public static void main(String[] arguments) throws Exception {
        var objects = new ClusterObjects(Path.of(arguments[0]), URI.create(arguments[1]), arguments[2]);
        var storm = new Storm(objects, arguments[3], Integer.parseInt(arguments[4]));
        var perSecond = Integer.parseInt(arguments[5]);
        var begin = System.nanoTime();
        for (var i = 0; i < perSecond * Duration.ofMinutes(1).toSeconds(); i++) {
            LockSupport.parkNanos(begin + i * 1_000_000_000L / perSecond - System.nanoTime());
            storm.event(i);
        }
        storm.permits.acquire(AT_ONCE);
        System.out.printf(Locale.ROOT, "%d events in %.0f s", storm.sent.get(), (System.nanoTime() - begin) / 1e9);
    }

    private void event(int number) throws InterruptedException {
        permits.acquire();
        Thread.startVirtualThread(() -> {
            try {
                var ready = number / services % 2 == 1;
                objects.merge(SLICE.formatted(number % services), READY.formatted(endpoint, ready));
                sent.incrementAndGet();
            } catch (IOException | InterruptedException e) {
                System.err.println(e);
            } finally {
                permits.release();
            }
        });
    }
}
