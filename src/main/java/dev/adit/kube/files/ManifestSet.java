package dev.adit.kube.files;

import dev.adit.kube.Ingress;
import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeObject;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.Problem;
import dev.adit.kube.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Manifests as they are now, read once: files, folders with their subfolders, or text. */
public final class ManifestSet {
    private final ManifestReader reader = new ManifestReader();
    private final Map<ManifestFile.Id, KubeObject> items = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    /** Adds a file or a folder. */
    public ManifestSet add(Path path) {
        if (!Files.exists(path)) {
            throw new SourceException("'" + path + "' does not exist; name a manifest or a folder of them");
        }
        try {
            if (Files.isRegularFile(path)) {
                add(path, path.toString());
                return this;
            }
            var tree = FileTree.of(path);
            if (tree.end().isPresent()) {
                throw new SourceException("'" + path + "' holds more than " + FileTree.MOST + " files and folders");
            }
            for (var file : tree.files()) {
                if (DirectorySource.isManifest(file)) {
                    add(file, path.relativize(file).toString());
                }
            }
        } catch (IOException e) {
            throw new SourceException("'" + path + "' cannot be read: " + e.getMessage());
        }
        return this;
    }

    private void add(Path file, String name) throws IOException {
        try {
            take(reader.read(name, file));
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            take(ManifestReader.unreadable(name, 1, "could not be read: " + e));
        }
    }

    /**
     * Adds what a file would hold.
     *
     * @param name that problems give
     */
    public ManifestSet add(String name, String text) {
        take(reader.read(name, text));
        return this;
    }

    private void take(ManifestFile file) {
        file.entries().forEach(entry -> items.putIfAbsent(entry.getKey(), entry.getValue()));
        problems.addAll(file.problems());
    }

    /**
     * Nothing but these.
     *
     * @param implied the IngressClass where there is none of ours
     */
    public KubeSnapshot snapshot(IngressClass implied) {
        var all = Stream.concat(ImpliedClass.beside(items.values(), implied).stream(), items.values().stream());
        return KubeSnapshot.of(all, Set.of(), problems);
    }

    /** The snapshot after these have been applied to it. */
    public KubeSnapshot over(KubeSnapshot base) {
        var applied = items.values().stream()
                .map(item -> item instanceof Ingress ingress ? ingress.agedFrom(createdAt(ingress, base)) : item);
        return KubeSnapshot.of(Stream.concat(base.items(), applied), base.nodeAddresses(), problems);
    }

    /** One that is there already is as old as it is, and a new one is the youngest of all. */
    private static Instant createdAt(Ingress ingress, KubeSnapshot base) {
        return base.find(Ingress.KIND, ingress.key()).map(Ingress::createdAt).orElse(Instant.MAX);
    }
}
