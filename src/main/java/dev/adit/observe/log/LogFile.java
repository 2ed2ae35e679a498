package dev.adit.observe.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where lines go: the standard output, or a file that is put aside when it is large. Used by one thread. */
final class LogFile extends OutputStream {
    private final Optional<Path> path;
    private final long fileBytes;
    private final int files;
    private @Nullable OutputStream out;
    private @Nullable Object identity;
    private long size;

    LogFile(AccessLogOptions options) {
        path = options.file();
        fileBytes = options.fileBytes();
        files = options.files();
    }

    /** Opens it, unless it is open. */
    void open() throws IOException {
        if (out == null) {
            if (path.isEmpty()) {
                out = new FileOutputStream(FileDescriptor.out);
                return;
            }
            var file = path.get();
            out = new FileOutputStream(file.toFile(), true); // not a channel, which an interrupt would close
            size = Files.size(file);
            identity = identity(file);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        open();
        try {
            Objects.requireNonNull(out).write(bytes, from, length);
        } catch (IOException e) {
            reopen();
            throw e;
        }
        size += length;
    }

    /** Puts the file aside where it is large, and opens another one where somebody has moved it away. Only between lines. */
    void rotate() throws IOException {
        if (path.isEmpty() || out == null) {
            return;
        }
        if (size >= fileBytes) {
            reopen();
            putAside(path.get());
        } else if (!Objects.equals(identity, identity(path.get()))) {
            reopen();
        }
    }

    private void putAside(Path file) throws IOException {
        if (files == 0) {
            Files.deleteIfExists(file);
            return;
        }
        for (var number = files - 1; number >= 1; number--) {
            if (Files.exists(aside(file, number))) {
                Files.move(aside(file, number), aside(file, number + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(file, aside(file, 1), StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path aside(Path file, int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    /** What tells a file from another one with its name; null where there is none. */
    private static @Nullable Object identity(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException _) {
            return null;
        }
    }

    /** The next line opens it again. */
    void reopen() throws IOException {
        var open = out;
        out = null;
        if (open != null && path.isPresent()) {
            open.close();
        }
    }

    @Override
    public void close() throws IOException {
        reopen();
    }
}
