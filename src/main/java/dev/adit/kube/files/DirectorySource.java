package dev.adit.kube.files;

import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem;
import dev.adit.kube.source.SnapshotSource;
import dev.adit.kube.source.SourceException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private final Path directory;
    private final IngressClass impliedClass;
    private final ManifestReader reader = new ManifestReader();
    private final DirectoryWatch watch;
    private final Thread thread = new Thread(this::run, "adit-files");

    private Map<Path, Loaded> files = Map.of();
    private boolean isLost;
    private volatile KubeSnapshot snapshot = KubeSnapshot.EMPTY;
    private volatile boolean synced;
    private volatile Runnable changed = () -> {};

    /** A file as it was read, with what shows that it has changed since. */
    private record Loaded(DirectoryWatch.Stamp stamp, ManifestFile content) {}

    /**
     * @param impliedClass the IngressClass of a directory that has none
     */
    public DirectorySource(Path directory, IngressClass impliedClass) {
        if (!Files.isDirectory(directory)) {
            throw new SourceException(
                    "--manifests: '" + directory + "' is not a directory; name one that holds Kubernetes manifests");
        }
        this.directory = directory;
        this.impliedClass = impliedClass;
        this.watch = new DirectoryWatch(directory);
        thread.setDaemon(true);
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
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try (watch) {
            while (!Thread.currentThread().isInterrupted()) {
                look();
                watch.await();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warnf("%s: cannot be watched any longer: %s", directory, e.getMessage());
        }
    }

    /** One file that nobody has thought of must not end all looking. */
    private void look() {
        try {
            scan();
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s: cannot be taken in as it is; its last good content stays", directory);
        }
    }

    private void scan() {
        var found = new TreeMap<Path, Loaded>();
        try {
            FileTree.of(directory).files().stream()
                    .filter(DirectorySource::isManifest)
                    .forEach(path -> load(path, found));
        } catch (IOException e) {
            if (!isLost) {
                LOG.warnf("%s: cannot be read: %s; its last good content stays until it is back", directory, e);
            }
            isLost = true;
            return;
        }
        isLost = false;
        if (!found.equals(files) || !synced) {
            files = found;
            publish();
        }
    }

    static boolean isManifest(Path path) {
        var name = path.getFileName().toString();
        return (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json")) && !name.startsWith(".");
    }

    private void load(Path path, Map<Path, Loaded> found) {
        var previous = files.get(path);
        try {
            var stamp = DirectoryWatch.Stamp.of(path);
            if (previous != null && previous.stamp().equals(stamp)) {
                found.put(path, previous);
                return;
            }
            var name = directory.relativize(path).toString();
            var last = previous == null ? ManifestFile.EMPTY : previous.content();
            found.put(path, new Loaded(stamp, read(path, name).keeping(last)));
        } catch (IOException e) {
            // Gone between listing and reading, or not readable: the next look decides.
            LOG.warnf("%s: cannot be read: %s", path, e.getMessage());
            if (previous != null) {
                found.put(path, previous);
            }
        }
    }

    private ManifestFile read(Path path, String name) throws IOException {
        try {
            return reader.read(name, Files.readString(path, StandardCharsets.UTF_8));
        } catch (CharacterCodingException _) {
            return ManifestReader.unreadable(name, 1, "is not UTF-8 text");
        }
    }

    private void publish() {
        var items = new LinkedHashMap<ManifestFile.Id, KubeSnapshot.Item>();
        var places = new HashMap<ManifestFile.Id, Path>();
        var problems = new ArrayList<Problem>();
        files.forEach((path, file) -> {
            problems.addAll(file.content().problems());
            file.content().entries().forEach(entry -> {
                if (items.putIfAbsent(entry.getKey(), entry.getValue()) == null) {
                    places.put(entry.getKey(), path);
                } else {
                    problems.add(duplicate(entry.getKey(), path, places));
                }
            });
        });
        if (items.values().stream().noneMatch(IngressClass.class::isInstance)) {
            items.put(new ManifestFile.Id("IngressClass", impliedClass.key()), impliedClass);
        }
        snapshot = KubeSnapshot.of(items.values().stream(), Set.of(), problems);
        synced = true;
        changed.run();
    }

    private Problem duplicate(ManifestFile.Id id, Path path, Map<ManifestFile.Id, Path> places) {
        var first = directory.relativize(places.getOrDefault(id, path));
        var file = new ObjectKey("", directory.relativize(path).toString());
        var message = id.kind() + " " + id.key() + " stands in " + first
                + " too, which comes first by name and is the one in force; remove one of the two";
        return new Problem("File", file, "", "metadata.name", Problem.Reason.MANIFEST_INVALID, message);
    }
}
