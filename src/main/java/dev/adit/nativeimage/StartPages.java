package dev.adit.nativeimage;

import io.quarkus.runtime.ImageMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;
import org.jboss.logging.Logger;

/**
 * Takes the pages of the executable that only the start needed out of the process again, and the garbage of the start out
 * of the heap. The kernel maps whole neighbourhoods of a file at each fault, so that after the start nearly all code is
 * resident, though serving needs a third of it. The pages stay in the page cache until the kernel wants them, and what is
 * still used is mapped again at once.
 */
public final class StartPages {
    private static final Logger LOG = Logger.getLogger(StartPages.class);
    private static final Duration AFTER = Duration.ofSeconds(1);
    private static final int MADV_DONTNEED = 4; // madvise(2)

    private final AtomicBoolean released = new AtomicBoolean();

    /** Once, a second after the first call; in a JVM never. Returns at once. */
    public void releaseSoon() {
        if (ImageMode.current() == ImageMode.NATIVE_RUN && released.compareAndSet(false, true)) {
            CompletableFuture.delayedExecutor(AFTER.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(StartPages::release);
        }
    }

    /**
     * Takes the garbage of much work that is done out of the heap, which the collector leaves there until it wants room; in a JVM it knows
     * better.
     */
    public void collect() {
        if (ImageMode.current() == ImageMode.NATIVE_RUN) {
            System.gc();
        }
    }

    private static void release() {
        System.gc();
        try {
            var executable = Path.of("/proc/self/exe").toRealPath().toString();
            var bytes = 0L;
            for (var mapping : Mappings.parse(Files.readString(Path.of("/proc/self/smaps")))) {
                if (mapping.isUntouched(executable) && Kernel.release(mapping)) {
                    bytes += mapping.residentBytes();
                }
            }
            LOG.debugf("Released %d KiB of start-up code", bytes / 1024);
        } catch (IOException | RuntimeException e) {
            LOG.debugf("Cannot release start-up code: %s", e.getMessage());
        }
    }

    /** Apart, because a JVM cannot load it. */
    private static final class Kernel {
        static boolean release(Mapping mapping) {
            var length = WordFactory.unsigned(mapping.end() - mapping.start());
            return madvise(WordFactory.pointer(mapping.start()), length, MADV_DONTNEED) == 0;
        }

        @CFunction("madvise")
        private static native int madvise(Pointer address, UnsignedWord length, int advice);
    }
}
