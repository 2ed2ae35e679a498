package dev.adit.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.convert.ObjectReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What was served last, as one JSON object in each line, compressed: a head that says of which cluster it is, the
 * objects, and a foot with their digest. Written aside and then put in place, so that there is always a whole one.
 */
public final class StateFile {
    private static final String NAME = "state.json.gz";
    private static final String FORMAT = "adit-state";
    private static final int VERSION = 1;
    private final Path file;
    private final String identity;
    private final SecretWriter secrets;
    private final ObjectMapper mapper = new ObjectMapper();
    private final ObjectReader reader = new ObjectReader();

    /** The file is there and says nothing that can be used; the message tells why, and what to do. */
    public static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableException(String message) {
            super(message);
        }
    }

    /**
     * The one file of a folder.
     *
     * @param identity of the cluster and of the part of it that is served
     * @param seal for private keys, which are not kept without
     */
    public StateFile(Path folder, String identity, Optional<KeySeal> seal) {
        this.file = folder.resolve(NAME);
        this.identity = identity;
        this.secrets = new SecretWriter(seal);
    }

    /** Puts these in the place of what is there. */
    public void write(Stream<KubeSnapshot.Item> items) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var aside = file.resolveSibling(NAME + ".new");
        try (var channel = FileChannel.open(
                aside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            var out = new GZIPOutputStream(Channels.newOutputStream(channel), 1 << 16);
            lines(items, out);
            out.finish();
            channel.force(true);
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (var folder = FileChannel.open(file.toAbsolutePath().getParent())) {
            folder.force(true); // the rename itself
        }
    }

    private void lines(Stream<KubeSnapshot.Item> items, OutputStream out) throws IOException {
        var digest = sha256();
        var head = JsonNodeFactory.instance.objectNode();
        line(head.put("format", FORMAT).put("version", VERSION).put("of", identity), digest, out);
        var writer = new ObjectWriter(secrets);
        for (var iterator = items.iterator(); iterator.hasNext(); ) {
            line(writer.write(iterator.next()), digest, out);
        }
        var foot = JsonNodeFactory.instance.objectNode();
        line(foot.put("sha256", HexFormat.of().formatHex(digest.digest())), sha256(), out);
    }

    private void line(ObjectNode json, MessageDigest digest, OutputStream out) throws IOException {
        var bytes = mapper.writeValueAsBytes(json);
        digest.update(bytes);
        out.write(bytes);
        out.write('\n');
    }

    /**
     * What it holds; empty where there is no file.
     *
     * @throws UnusableException if it is damaged, or of another cluster
     */
    public Optional<KubeSnapshot> read() throws UnusableException {
        try (var lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file), 1 << 16), StandardCharsets.UTF_8))) {
            var digest = sha256();
            head(lines.readLine(), digest);
            var items = new ArrayList<KubeSnapshot.Item>();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var json = mapper.readTree(line);
                if (json.has("sha256")) {
                    var expected = HexFormat.of().formatHex(digest.digest());
                    if (!json.get("sha256").asText().equals(expected)) {
                        throw unusable("its content does not fit its checksum");
                    }
                    return Optional.of(KubeSnapshot.of(items.stream(), Set.of(), List.of()));
                }
                digest.update(line.getBytes(StandardCharsets.UTF_8));
                item(json).ifPresent(items::add);
            }
            throw unusable("it ends too early");
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            throw unusable("it cannot be read: " + e.getMessage());
        }
    }

    private void head(String line, MessageDigest digest) throws UnusableException, JsonProcessingException {
        if (line == null) {
            throw unusable("it is empty");
        }
        var head = mapper.readTree(line);
        if (!head.path("format").asText().equals(FORMAT)) {
            throw unusable("it is no state of Adit");
        }
        if (head.path("version").asInt() != VERSION) {
            throw unusable("it is of version " + head.path("version").asInt() + ", and this Adit reads " + VERSION);
        }
        if (!head.path("of").asText().equals(identity)) {
            throw unusable("it is of " + head.path("of").asText() + ", and this is " + identity);
        }
        digest.update(line.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<KubeSnapshot.Item> item(JsonNode json) throws UnusableException, JsonProcessingException {
        if (json.path("kind").asText().equals("Secret") && json instanceof ObjectNode secret) {
            var meta = json.path("metadata");
            var name = meta.path("namespace").asText() + "/" + meta.path("name").asText();
            try {
                secrets.unseal(secret, name);
            } catch (GeneralSecurityException _) {
                throw unusable("the key of Secret " + name + " was sealed with another --state-key");
            }
        }
        return reader.read(json);
    }

    private UnusableException unusable(String reason) {
        return new UnusableException("'" + file + "' cannot be resumed from: " + reason
                + ". It is written anew once the API server has been read; remove it to be rid of this message");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
