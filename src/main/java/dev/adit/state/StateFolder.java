package dev.adit.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jboss.logging.Logger;

/** The folder of the state and the files in it, which nobody else may read or replace, whatever the umask is. */
final class StateFolder {
    private static final Logger LOG = Logger.getLogger(StateFolder.class);
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private final Path folder;
    private final String prefix;
    private boolean isReady;

    /**
     * A folder.
     *
     * @param prefix of the names of all files that are ours
     */
    StateFolder(Path folder, String prefix) {
        this.folder = folder.toAbsolutePath();
        this.prefix = prefix;
    }

    /** Makes it, where it is not there, and takes away what others may do in one that holds nothing else. */
    void prepare() throws IOException {
        if (isReady) {
            return;
        }
        if (!isPosix()) {
            Files.createDirectories(folder);
        } else if (Files.isDirectory(folder)) {
            tighten();
        } else {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
            Files.setPosixFilePermissions(folder, FOLDER);
        }
        isReady = true;
    }

    /** A new file; what is there under its name goes, be it a link. */
    FileChannel create(Path file) throws IOException {
        Files.deleteIfExists(file);
        var attributes = isPosix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(FILE)}
                : new FileAttribute<?>[] {};
        var channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes);
        if (isPosix()) {
            Files.setPosixFilePermissions(file, FILE);
        }
        return channel;
    }

    /** Makes what was renamed in it last. */
    void sync() throws IOException {
        try (var channel = FileChannel.open(folder)) {
            channel.force(true);
        }
    }

    private void tighten() throws IOException {
        var permissions = Files.getPosixFilePermissions(folder);
        if (permissions.equals(FOLDER)) {
            return;
        }
        if (isOurs()) {
            try {
                Files.setPosixFilePermissions(folder, FOLDER);
                return;
            } catch (FileSystemException e) {
                LOG.debugf("%s is somebody else's: %s", folder, e.getMessage());
            }
        }
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            LOG.warnf(
                    "--state-dir: '%s' may be written by others (%s), who could replace the state in it. With a --state-key"
                            + " what they write is refused; run `chmod 700` on it, or name a folder that is only for this",
                    folder, PosixFilePermissions.toString(permissions));
        }
    }

    private boolean isOurs() throws IOException {
        try (var files = Files.list(folder)) {
            return files.allMatch(file -> file.getFileName().toString().startsWith(prefix));
        }
    }

    private boolean isPosix() {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
