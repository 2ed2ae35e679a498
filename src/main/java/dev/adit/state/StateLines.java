package dev.adit.state;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The content of the file, unpacked line by line and no further than its limits. */
final class StateLines implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    /**
     * How much of a file is taken in: a small one may unpack to any size, and objects take more memory than their text.
     *
     * @param fileBytes of the file as it is
     * @param contentBytes of what it unpacks to
     * @param objects in it
     */
    record Limits(long fileBytes, long contentBytes, int objects) {
        // Of one object; the store of an API server takes 1.5 MiB.
        private static final int LINE_BYTES = 4 << 20;
        private static final int FILE_SHARE = 8;
        private static final int CONTENT_SHARE = 2;
        private static final int BYTES_AN_OBJECT = 2048;

        /** As a heap of that size can hold. */
        static Limits of(long heapBytes) {
            return new Limits(heapBytes / FILE_SHARE, heapBytes / CONTENT_SHARE, (int)
                    Math.min(Integer.MAX_VALUE, heapBytes / BYTES_AN_OBJECT));
        }
    }

    private final InputStream in;
    private final Limits limits;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(BUFFER);
    private long bytes;
    private int lines;

    StateLines(byte[] packed, Limits limits) throws IOException {
        this.in = new BufferedInputStream(new GZIPInputStream(new ByteArrayInputStream(packed), BUFFER), BUFFER);
        this.limits = limits;
    }

    /** The next one, or null at the end. */
    byte @Nullable [] next() throws IOException {
        line.reset();
        for (var b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return line.size() == 0 ? null : line.toByteArray();
            }
            if (line.size() >= Limits.LINE_BYTES) {
                throw new IOException("an object of it is larger than " + Limits.LINE_BYTES + " bytes");
            }
            line.write(b);
        }
        bytes += line.size();
        lines++;
        check(limits, bytes, lines);
        return line.toByteArray();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static void check(Limits limits, long bytes, int lines) throws IOException {
        if (bytes > limits.contentBytes() || lines > limits.objects()) {
            throw new IOException("it holds more than " + limits.objects() + " objects or " + limits.contentBytes()
                    + " bytes, which is more than this process could resume from; give it more memory");
        }
    }

    /** Writes lines, and no more than could be read. */
    static final class Writer extends FilterOutputStream {
        private final Limits limits;
        private long bytes;
        private int lines;

        Writer(OutputStream out, Limits limits) {
            super(out);
            this.limits = limits;
        }

        void line(byte[] content) throws IOException {
            bytes += content.length;
            lines++;
            check(limits, bytes, lines);
            out.write(content);
            out.write('\n');
        }
    }
}
