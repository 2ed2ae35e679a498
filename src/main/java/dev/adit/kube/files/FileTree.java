package dev.adit.kube.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is below a folder at this moment. Hidden folders are left out, among them those of a mounted ConfigMap that hold
 * the same files once more; so is whatever goes while we look. A folder that links lead to again, or round in a circle, is
 * there once.
 *
 * @param directories the folder itself among them
 * @param others what is neither a folder nor a file: reading a pipe would never end
 * @param end where looking ended, since there is more than is looked at
 */
record FileTree(List<Path> directories, List<Path> files, List<Path> others, Optional<Path> end) {
    /** Files and folders together. */
    static final int MOST = 100_000;

    /** Fails where the folder itself is not there. */
    static FileTree of(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException(root.toString());
        }
        var walk = new Walk();
        walk.directory(root, Files.readAttributes(root, BasicFileAttributes.class));
        return walk.walk(root);
    }

    /** Level by level, and by name: what is many levels down takes the place of nothing above. */
    private static final class Walk {
        private final List<Path> directories = new ArrayList<>();
        private final List<Path> files = new ArrayList<>();
        private final List<Path> others = new ArrayList<>();
        private final ArrayDeque<Path> waiting = new ArrayDeque<>();
        private final Set<Object> seen = new HashSet<>();

        FileTree walk(Path root) throws IOException {
            Path end = null;
            for (var next = waiting.poll(); next != null && end == null; next = waiting.poll()) {
                directories.add(next);
                for (var child : children(next, next.equals(root))) {
                    look(child);
                    if (directories.size() + waiting.size() + files.size() + others.size() > MOST) {
                        end = child;
                        break;
                    }
                }
            }
            return new FileTree(
                    directories,
                    files.stream().sorted().toList(),
                    others.stream().sorted().toList(),
                    Optional.ofNullable(end));
        }

        private void look(Path child) {
            try {
                var attributes = Files.readAttributes(child, BasicFileAttributes.class);
                if (attributes.isDirectory()) {
                    if (!child.getFileName().toString().startsWith(".")) {
                        directory(child, attributes);
                    }
                } else if (attributes.isRegularFile()) {
                    files.add(child);
                } else {
                    others.add(child);
                }
            } catch (IOException _) {
                // It has gone, or is a link to nowhere.
            }
        }

        private void directory(Path directory, BasicFileAttributes attributes) throws IOException {
            if (seen.add(attributes.fileKey() == null ? directory.toRealPath() : attributes.fileKey())) {
                waiting.add(directory);
            }
        }

        private static List<Path> children(Path directory, boolean isRoot) throws IOException {
            var children = new ArrayList<Path>();
            try (var stream = Files.newDirectoryStream(directory)) {
                for (var child : stream) {
                    children.add(child);
                    if (children.size() > MOST) {
                        break;
                    }
                }
            } catch (IOException | DirectoryIteratorException e) {
                if (isRoot) {
                    throw e instanceof IOException io ? io : new IOException(e);
                }
            }
            return children.stream().sorted().toList();
        }
    }
}
