package dev.adit.kube.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits for something to happen below a directory: told by the system where it tells, else by looking every second. */
final class DirectoryWatch implements AutoCloseable {
    private static final long LOOK_MILLIS = 1_000;
    // Editors write in several steps; what they do within this time is one change.
    private static final long SETTLE_MILLIS = 20;

    private final Path root;
    private final WatchService service;
    private final Set<Path> watched = new HashSet<>();

    /** What shows that a file has changed: the key also tells a file from another one renamed over it. */
    record Stamp(FileTime modified, long size, @Nullable Object key) {
        static final Stamp NONE = new Stamp(FileTime.fromMillis(0), 0, null);

        static Stamp of(Path path) throws IOException {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        }
    }

    DirectoryWatch(Path root) {
        this.root = root;
        try {
            service = root.getFileSystem().newWatchService();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns after the next change, or after a second at the latest. */
    void await() throws InterruptedException {
        register();
        var key = service.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        while (key != null) {
            key.pollEvents();
            if (!key.reset()) {
                watched.clear();
            }
            key = service.poll(SETTLE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() throws IOException {
        service.close();
    }

    private void register() {
        try {
            for (var directory : FileTree.of(root).directories()) {
                if (watched.add(directory)) {
                    directory.register(
                            service,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE);
                }
            }
        } catch (IOException _) {
            watched.clear(); // a directory went away while we looked; the next round registers anew
        }
    }
}
