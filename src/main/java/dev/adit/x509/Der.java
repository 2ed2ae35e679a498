package dev.adit.x509;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The few ASN.1 DER shapes (X.690) that keys and certificates are made of. */
final class Der {
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int UTF8_STRING = 0x0c;
    static final int GENERALIZED_TIME = 0x18;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;
    static final int CONTEXT = 0xa0;
    private static final byte[] NULL = {0x05, 0x00};

    private Der() {}

    static byte[] encode(int tag, byte[]... parts) {
        var content = concat(parts);
        var out = new ByteArrayOutputStream(content.length + 6);
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            var length = BigInteger.valueOf(content.length).toByteArray();
            var start = length[0] == 0 ? 1 : 0;
            out.write(0x80 | (length.length - start));
            out.write(length, start, length.length - start);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return encode(SEQUENCE, parts);
    }

    static byte[] integer(BigInteger value) {
        return encode(INTEGER, value.toByteArray());
    }

    static byte[] utf8(String text) {
        return encode(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] nil() {
        return NULL.clone();
    }

    /** A dotted object identifier whose first two arcs fit one byte, as all of them here do. */
    static byte[] oid(String dotted) {
        var arcs = Arrays.stream(dotted.split("\\.", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        var out = new ByteArrayOutputStream();
        out.write(arcs[0] * 40 + arcs[1]);
        for (var i = 2; i < arcs.length; i++) {
            for (var shift = 28; shift > 0; shift -= 7) {
                if (arcs[i] >>> shift != 0) {
                    out.write(0x80 | ((arcs[i] >>> shift) & 0x7f));
                }
            }
            out.write(arcs[i] & 0x7f);
        }
        return encode(0x06, out.toByteArray());
    }

    static byte[] concat(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** The content of the first element with the tag among the elements of a sequence; empty when there is none. */
    static byte[] child(byte[] sequence, int tag) {
        return children(sequence).stream()
                .filter(element -> element.tag() == tag)
                .findFirst()
                .map(Element::content)
                .orElseGet(() -> new byte[0]);
    }

    /** An element of a sequence. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never kept
    record Element(int tag, byte[] content) {}

    /** All elements of a sequence. */
    static List<Element> children(byte[] sequence) {
        var elements = new ArrayList<Element>();
        var reader = new Reader(sequence, 0);
        reader.enter();
        while (reader.position < sequence.length) {
            var tag = sequence[reader.position] & 0xff;
            elements.add(new Element(tag, reader.next()));
        }
        return elements;
    }

    private static final class Reader {
        private final byte[] bytes;
        private int position;

        Reader(byte[] bytes, int position) {
            this.bytes = bytes;
            this.position = position;
        }

        void enter() {
            position++;
            length();
        }

        byte[] next() {
            position++;
            var length = length();
            if (length < 0 || length > bytes.length - position) {
                throw new IllegalArgumentException("is cut short");
            }
            position += length;
            return Arrays.copyOfRange(bytes, position - length, position);
        }

        private int length() {
            if (position >= bytes.length) {
                throw new IllegalArgumentException("is cut short");
            }
            var first = bytes[position++] & 0xff;
            if (first < 0x80) {
                return first;
            }
            var length = 0;
            for (var i = 0; i < (first & 0x7f) && position < bytes.length; i++) {
                length = (length << 8) | (bytes[position++] & 0xff);
            }
            return length;
        }
    }
}
