package dev.adit.observe.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where lines go: the standard output, or a file that is put aside when it is large. Used by one thread at a time, and given whole lines. */
final class LogFile extends OutputStream {
    // A pipe takes as much as this at once (POSIX, PIPE_BUF): nobody else's lines come in between.
    private static final int AT_ONCE = 4_096;

    private final Optional<Path> path;
    private final long fileBytes;
    private final int files;
    private @Nullable OutputStream out;
    private @Nullable Object identity;
    private boolean isTorn;

    LogFile(AccessLogOptions options) {
        path = options.file();
        fileBytes = options.fileBytes();
        files = options.files();
    }

    /** Opens it, unless it is open. */
    OutputStream open() throws IOException {
        var open = out;
        if (open == null) {
            open = path.isEmpty()
                    ? new FileOutputStream(FileDescriptor.out)
                    // Not a channel, which an interrupt would close.
                    : new FileOutputStream(path.get().toFile(), true);
            out = open;
            identity = path.map(LogFile::attributes)
                    .map(BasicFileAttributes::fileKey)
                    .orElse(null);
        }
        return open;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] lines, int from, int length) throws IOException {
        var to = open();
        try {
            if (isTorn) {
                to.write('\n');
                isTorn = false;
            }
            if (path.isPresent()) {
                to.write(lines, from, length);
            } else {
                inPieces(to, lines, from, length);
            }
        } catch (IOException e) {
            isTorn = true; // some of it may be there
            reopen();
            throw e;
        }
    }

    private static void inPieces(OutputStream to, byte[] lines, int from, int length) throws IOException {
        var begin = from;
        while (begin < from + length) {
            var end = Math.min(begin + AT_ONCE, from + length);
            var last = end;
            while (last > begin && lines[last - 1] != '\n') {
                last--;
            }
            var piece = last > begin ? last : end;
            to.write(lines, begin, piece - begin);
            begin = piece;
        }
    }

    /**
     * Puts the file aside where it is large, and opens another one where somebody has moved it away.
     *
     * @throws IOException where it cannot be put aside; it is written on
     */
    void rotate() throws IOException {
        if (path.isEmpty() || out == null) {
            return;
        }
        var now = attributes(path.get());
        if (now == null || !Objects.equals(identity, now.fileKey())) {
            reopen();
        } else if (now.isRegularFile() && now.size() >= fileBytes) {
            putAside(path.get());
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

    /** Of the name itself, so that a link to somewhere else, such as /dev/stdout, is never put aside; null where there is none. */
    private static @Nullable BasicFileAttributes attributes(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
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
