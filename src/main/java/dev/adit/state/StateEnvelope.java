package dev.adit.state;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;

/**
 * What holds the file together: a line that names its form, the content, and a tag over both. With a key the tag
 * authenticates (HMAC-SHA256), and is looked at before anything else; without one it only shows damage.
 */
final class StateEnvelope {
    private static final String FORM = "adit-state ";
    private static final int VERSION = 2;
    private static final String KEYED = " keyed\n";
    private static final String UNKEYED = " unkeyed\n";
    private static final int TAG = 32;
    private static final int LONGEST_LINE = 64;

    private final Optional<StateKey> key;

    StateEnvelope(Optional<StateKey> key) {
        this.key = key;
    }

    /** Takes the content, and writes the tag when it is finished. */
    final class Writer extends FilterOutputStream {
        private final Mac mac = mac();

        Writer(OutputStream out) throws IOException {
            super(out);
            write(line().getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            mac.update(bytes, offset, length);
            out.write(bytes, offset, length);
        }

        void finish() throws IOException {
            out.write(mac.doFinal());
            out.flush();
        }
    }

    /**
     * The content of a file.
     *
     * @throws StateFile.UnusableException if the tag is not of this content and key
     */
    byte[] open(byte[] file) throws StateFile.UnusableException {
        var end = file.length - TAG;
        if (end < 0 || !MessageDigest.isEqual(tag(file, end), Arrays.copyOfRange(file, end, file.length))) {
            throw new StateFile.UnusableException(refusal(file));
        }
        var line = line().getBytes(StandardCharsets.US_ASCII);
        if (!Arrays.equals(line, Arrays.copyOf(file, line.length))) {
            throw new StateFile.UnusableException(refusal(file));
        }
        return Arrays.copyOfRange(file, line.length, end);
    }

    private byte[] tag(byte[] file, int end) {
        var mac = mac();
        mac.update(file, 0, end);
        return mac.doFinal();
    }

    private Mac mac() {
        return key.map(StateKey::authenticator).orElseGet(StateKey::checksum);
    }

    private String line() {
        return FORM + VERSION + (key.isPresent() ? KEYED : UNKEYED);
    }

    /** What its line says, which need not be true, tells the likeliest reason. */
    private String refusal(byte[] file) {
        var text = new String(file, 0, Math.min(file.length, LONGEST_LINE), StandardCharsets.ISO_8859_1);
        if (!text.startsWith(FORM)) {
            return "it is no state of Adit";
        }
        if (!text.startsWith(FORM + VERSION + " ")) {
            return "it is of another version, and this Adit reads version " + VERSION;
        }
        if (key.isEmpty()) {
            return text.startsWith(FORM + VERSION + KEYED)
                    ? "it was written with a --state-key, and none is given"
                    : "it is damaged: its content does not fit its checksum";
        }
        return text.startsWith(FORM + VERSION + UNKEYED)
                ? "it was written without a --state-key, and anybody could have written it"
                : "it was written with another --state-key, or changed since";
    }
}
