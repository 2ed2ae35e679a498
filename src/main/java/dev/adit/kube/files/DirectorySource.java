package dev.adit.kube.files;

import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeObject;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem;
import dev.adit.kube.source.SnapshotSource;
import dev.adit.kube.source.SourceException;
import dev.adit.supervision.Supervised;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/** Follows a directory of manifests, whatever its layout; a file that breaks keeps its last good content. */
public final class DirectorySource implements SnapshotSource {
    private static final Logger LOG = Logger.getLogger(DirectorySource.class);

    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final Path directory;
    private final IngressClass impliedClass;
    private final ManifestReader reader = new ManifestReader();
    private final DirectoryWatch watch;
    private final Supervised thread = new Supervised("adit-files", this::turn);

    private Map<Path, Loaded> files = Map.of();
    private boolean isLost;
    private volatile KubeSnapshot snapshot = KubeSnapshot.EMPTY;
    private volatile boolean synced;
    private volatile Runnable changed = () -> {};

    /**
     * A file as it was read, with what shows that it has changed since.
     *
     * @param again when to read it once more although it has not ({@link System#nanoTime}); 0 for never
     */
    private record Loaded(DirectoryWatch.Stamp stamp, ManifestFile content, long again) {
        boolean isDue() {
            return again != 0 && System.nanoTime() - again >= 0;
        }
    }

    /**
     * @param impliedClass the IngressClass of a directory that has none of ours
     */
    public DirectorySource(Path directory, IngressClass impliedClass) {
        if (!Files.isDirectory(directory)) {
            throw new SourceException(
                    "--manifests: '" + directory + "' is not a directory; name one that holds Kubernetes manifests");
        }
        this.directory = directory;
        this.impliedClass = impliedClass;
        this.watch = new DirectoryWatch(directory);
    }

    @Override
    public void start(Runnable changed) {
        this.changed = changed;
        thread.start();
    }

    @Override
    public boolean isSynced() {
        return synced;
    }

    @Override
    public KubeSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public boolean isAlive() {
        return thread.isAlive();
    }

    @Override
    public void close() {
        thread.close();
        try {
            watch.close();
        } catch (IOException e) {
            LOG.debugf("%s: %s", directory, e.getMessage());
        }
    }

    private void turn() throws InterruptedException {
        scan();
        watch.await();
    }

    private void scan() {
        var found = new TreeMap<Path, Loaded>();
        try {
            var tree = FileTree.of(directory);
            if (tree.end().isPresent() && synced) {
                // To go on with a part would be to take what is not read any more for deleted.
                lost("it holds more than " + FileTree.MOST + " files and folders: looking ended at "
                        + directory.relativize(tree.end().get()));
                return;
            }
            tree.files().stream().filter(DirectorySource::isManifest).forEach(path -> load(path, found));
            tree.others().stream().filter(DirectorySource::isManifest).forEach(path -> special(path, found));
        } catch (IOException e) {
            lost(e.toString());
            return;
        }
        isLost = false;
        if (!found.equals(files) || !synced) {
            publish(found);
        }
    }

    private void lost(String reason) {
        if (!isLost) {
            LOG.warnf("%s: cannot be read: %s; its last good content stays until it can", directory, reason);
        }
        isLost = true;
    }

    static boolean isManifest(Path path) {
        var name = path.getFileName().toString();
        return (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json")) && !name.startsWith(".");
    }

    private void load(Path path, Map<Path, Loaded> found) {
        var previous = files.get(path);
        try {
            var stamp = DirectoryWatch.Stamp.of(path);
            found.put(
                    path,
                    previous != null && previous.stamp().equals(stamp) && !previous.isDue()
                            ? previous
                            : read(path, stamp));
        } catch (IOException e) {
            // Gone between listing and reading, or not readable: the next look decides.
            LOG.warnf("%s: cannot be read: %s", path, e.getMessage());
            if (previous != null) {
                found.put(path, previous);
            }
        }
    }

    /** Whatever is in it, it concerns no other file. */
    private Loaded read(Path path, DirectoryWatch.Stamp stamp) throws IOException {
        try {
            return new Loaded(stamp, keeping(path, reader.read(name(path), path)), 0);
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            LOG.errorf(e, "%s: cannot be read", path);
            // It may have lacked memory that was somebody else's.
            var again = e instanceof OutOfMemoryError ? System.nanoTime() + AGAIN.toNanos() : 0;
            var unreadable = ManifestReader.unreadable(name(path), 1, "could not be read: " + e);
            return new Loaded(stamp, keeping(path, unreadable), again);
        }
    }

    private ManifestFile keeping(Path path, ManifestFile now) {
        var previous = files.get(path);
        return now.keeping(previous == null ? ManifestFile.EMPTY : previous.content());
    }

    /** To open a pipe would wait for somebody to write into it. */
    private void special(Path path, Map<Path, Loaded> found) {
        var unreadable = ManifestReader.unreadable(name(path), 1, "is no regular file, and is not read");
        found.put(path, new Loaded(DirectoryWatch.Stamp.NONE, keeping(path, unreadable), 0));
    }

    private String name(Path path) {
        return directory.relativize(path).toString();
    }

    private void publish(Map<Path, Loaded> found) {
        var items = new LinkedHashMap<ManifestFile.Id, KubeObject>();
        var places = new HashMap<ManifestFile.Id, Path>();
        var problems = new ArrayList<Problem>();
        found.forEach((path, file) -> {
            problems.addAll(file.content().problems());
            file.content().entries().forEach(entry -> {
                if (items.putIfAbsent(entry.getKey(), entry.getValue()) == null) {
                    places.put(entry.getKey(), path);
                } else {
                    problems.add(duplicate(entry.getKey(), path, places));
                }
            });
        });
        ImpliedClass.beside(items.values(), impliedClass)
                .ifPresent(implied -> items.put(new ManifestFile.Id("IngressClass", implied.key()), implied));
        snapshot = KubeSnapshot.of(items.values().stream(), Set.of(), problems);
        files = found; // only now: else what memory had no room for would not be looked at again
        synced = true;
        changed.run();
    }

    private Problem duplicate(ManifestFile.Id id, Path path, Map<ManifestFile.Id, Path> places) {
        var first = directory.relativize(places.getOrDefault(id, path));
        var file = new ObjectKey("", directory.relativize(path).toString());
        var message = id.kind() + " " + id.key() + " is also defined in " + first
                + ", which comes first by name and takes precedence; remove one of the two";
        return new Problem("File", file, "", "metadata.name", Problem.Reason.MANIFEST_INVALID, message);
    }
}
