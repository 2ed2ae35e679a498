package dev.adit.testbed;

import dev.adit.testbed.Http2Frames.Field;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Decodes the header blocks of one connection (RFC 7541) by a peer that writes short texts without Huffman's code. */
public final class HeaderTable {
    /** The value of a text that would have to be decoded. */
    public static final String HUFFMAN = "(by Huffman's code)";

    private static final int OVERHEAD = 32;
    // Appendix A; the numbers count from 1.
    private static final List<String> NAMES = List.of(
            (":authority :method :method :path :path :scheme :scheme :status :status :status :status :status :status "
                            + ":status accept-charset accept-encoding accept-language accept-ranges accept "
                            + "access-control-allow-origin age allow authorization cache-control content-disposition "
                            + "content-encoding content-language content-length content-location content-range "
                            + "content-type cookie date etag expect expires from host if-match if-modified-since "
                            + "if-none-match if-range if-unmodified-since last-modified link location max-forwards "
                            + "proxy-authenticate proxy-authorization range referer refresh retry-after server "
                            + "set-cookie strict-transport-security transfer-encoding user-agent vary via "
                            + "www-authenticate")
                    .split(" "));
    private static final Map<Integer, String> VALUES = Map.ofEntries(
            Map.entry(2, "GET"),
            Map.entry(3, "POST"),
            Map.entry(4, "/"),
            Map.entry(5, "/index.html"),
            Map.entry(6, "http"),
            Map.entry(7, "https"),
            Map.entry(8, "200"),
            Map.entry(9, "204"),
            Map.entry(10, "206"),
            Map.entry(11, "304"),
            Map.entry(12, "400"),
            Map.entry(13, "404"),
            Map.entry(14, "500"),
            Map.entry(16, "gzip, deflate"));

    // The newest first.
    private final List<Field> added = new ArrayList<>();
    private int capacity = 4096;

    /** The fields of the next block. */
    public List<Field> fields(byte[] block) {
        var in = ByteBuffer.wrap(block);
        var fields = new ArrayList<Field>();
        while (in.hasRemaining()) {
            var first = in.get() & 0xff;
            if (first >= 0x80) {
                fields.add(at(number(in, first, 7)));
            } else if (first >= 0x40) {
                var field = literal(in, number(in, first, 6));
                fields.add(field);
                added.addFirst(field);
                evict();
            } else if (first >= 0x20) {
                capacity = number(in, first, 5);
                evict();
            } else {
                fields.add(literal(in, number(in, first, 4)));
            }
        }
        return fields;
    }

    private Field literal(ByteBuffer in, int index) {
        var name = index == 0 ? text(in) : at(index).name();
        return new Field(name, text(in));
    }

    private Field at(int index) {
        return index <= NAMES.size()
                ? new Field(NAMES.get(index - 1), VALUES.getOrDefault(index, ""))
                : added.get(index - NAMES.size() - 1);
    }

    private void evict() {
        while (added.stream()
                        .mapToInt(field -> field.name().length() + field.value().length() + OVERHEAD)
                        .sum()
                > capacity) {
            added.removeLast();
        }
    }

    private static String text(ByteBuffer in) {
        var first = in.get() & 0xff;
        var bytes = new byte[number(in, first, 7)];
        in.get(bytes);
        return first >= 0x80 ? HUFFMAN : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static int number(ByteBuffer in, int first, int bits) {
        var most = (1 << bits) - 1;
        var value = first & most;
        if (value == most) {
            var shift = 0;
            int next;
            do {
                next = in.get() & 0xff;
                value += (next & 127) << shift;
                shift += 7;
            } while (next >= 128);
        }
        return value;
    }
}
