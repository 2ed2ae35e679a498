package dev.adit.cli;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.internal.PlatformDependent;
import io.vertx.core.Vertx;
import java.util.List;

/** What the process runs on: read by operators who wonder about a figure, and by the tests of the binary. */
final class ProcessTuning {
    private static final String DIRECT_MEMORY = "io.netty.maxDirectMemory";
    private static final String ARENAS = "io.netty.allocator.numDirectArenas";
    private static final List<String> MACHINE =
            List.of("jboss.qualified.host.name", "jboss.host.name", "jboss.node.name");
    private static final int DIRECT_SHARE = 2;
    private static final long MEBIBYTE = 1 << 20;

    private ProcessTuning() {}

    /**
     * Sizes Netty for this machine or container; to be called before any of its classes is used. By itself it would take
     * as much memory for buffers as the heap may grow to, and twice as many arenas as there are event loops.
     */
    static void size() {
        var runtime = Runtime.getRuntime();
        setDefault(DIRECT_MEMORY, runtime.maxMemory() / DIRECT_SHARE);
        setDefault(ARENAS, runtime.availableProcessors());
    }

    /** Names the machine for log records, which without Quarkus a native executable cannot find out: it fails where it tries. */
    static void nameMachine() {
        for (var property : MACHINE) {
            setDefault(property, "localhost");
        }
    }

    /** One line: transport, kind of buffers, event loops, limits. */
    static String describe(Vertx vertx) {
        return "%s, %s buffers, %d arenas, %d event loops, heap up to %d MiB, buffers up to %d MiB"
                .formatted(
                        vertx.isNativeTransportEnabled() ? "epoll" : "NIO",
                        PlatformDependent.hasUnsafe() && PlatformDependent.directBufferPreferred() ? "direct" : "heap",
                        PooledByteBufAllocator.defaultNumDirectArena(),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.getRuntime().maxMemory() / MEBIBYTE,
                        PlatformDependent.maxDirectMemory() / MEBIBYTE);
    }

    private static void setDefault(String property, long value) {
        setDefault(property, Long.toString(value));
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
