package dev.adit.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.KubeObject;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.Secret;
import dev.adit.kube.kind.ObjectReader;
import dev.adit.kube.kind.ServedKinds;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * What was served last, as one JSON object in each line, compressed, in an envelope that says whether it is whole and
 * whose. Written aside and then put in place, so that there is always a whole one.
 */
public final class StateFile {
    static final String NAME = "adit.state";
    private final Path file;
    private final String identity;
    private final StateFolder folder;
    private final StateEnvelope envelope;
    private final StateLines.Limits limits;
    private final SecretWriter secrets;
    private final ObjectMapper mapper = new ObjectMapper();
    private final ObjectReader reader = new ObjectReader();
    private volatile boolean isRefused;

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
     * @param key by which it is authenticated and private keys are sealed, which are not kept without
     */
    public StateFile(Path folder, String identity, Optional<StateKey> key) {
        this(folder, identity, key, StateLines.Limits.of(Runtime.getRuntime().maxMemory()));
    }

    StateFile(Path folder, String identity, Optional<StateKey> key, StateLines.Limits limits) {
        this.file = folder.resolve(NAME);
        this.identity = identity;
        this.folder = new StateFolder(folder, NAME);
        this.envelope = new StateEnvelope(key);
        this.limits = limits;
        this.secrets = new SecretWriter(key.map(StateKey::seal));
    }

    /** Puts these in the place of what is there. */
    public void write(Stream<KubeObject> items) throws IOException {
        folder.prepare();
        var aside = file.resolveSibling(NAME + ".new");
        try (var channel = folder.create(aside)) {
            var sealed = envelope.new Writer(Channels.newOutputStream(channel));
            var packed = new GZIPOutputStream(sealed, 1 << 16);
            lines(items, packed);
            packed.finish();
            sealed.finish();
            channel.force(true);
        }
        if (isRefused && Files.exists(file)) {
            Files.move(file, refused(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            isRefused = false;
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        folder.sync();
    }

    private void lines(Stream<KubeObject> items, OutputStream packed) throws IOException {
        var lines = new StateLines.Writer(packed, limits);
        lines.line(
                mapper.writeValueAsBytes(JsonNodeFactory.instance.objectNode().put("of", identity)));
        for (var iterator = items.iterator(); iterator.hasNext(); ) {
            lines.line(mapper.writeValueAsBytes(json(iterator.next())));
        }
        lines.flush();
    }

    private ObjectNode json(KubeObject object) {
        return object instanceof Secret secret
                ? secrets.write(secret)
                : ServedKinds.of(object.kind()).write(object);
    }

    /**
     * What it holds; empty where there is no file. One that cannot be used stays where it is until there is another, and is
     * set aside then: with the right key it may be of use yet.
     *
     * @throws UnusableException if it is damaged, of another cluster, or not by this key; the message says what to do
     */
    public Optional<KubeSnapshot> read() throws UnusableException {
        try {
            return Optional.of(content(envelope.open(bytes())));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (UnusableException e) {
            throw refuse(String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            throw refuse("it cannot be read: " + e.getMessage());
        } catch (StackOverflowError | OutOfMemoryError e) {
            throw refuse("it does not fit into memory: " + e);
        }
    }

    private byte[] bytes() throws IOException, UnusableException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new UnusableException("it is not a file");
        }
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, limits.fileBytes() + 1));
            if (bytes.length > limits.fileBytes()) {
                throw new UnusableException("it is larger than " + limits.fileBytes()
                        + " bytes, which is more than this process could resume from; give it more memory");
            }
            return bytes;
        }
    }

    private KubeSnapshot content(byte[] packed) throws IOException, UnusableException {
        try (var lines = new StateLines(packed, limits)) {
            var head = lines.next();
            var of = head == null ? "" : mapper.readTree(head).path("of").asText();
            if (!of.equals(identity)) {
                throw new UnusableException("it is of " + of + ", and this is " + identity);
            }
            var items = new ArrayList<KubeObject>();
            for (var line = lines.next(); line != null; line = lines.next()) {
                item(mapper.readTree(line)).ifPresent(items::add);
            }
            return KubeSnapshot.of(items.stream(), Set.of(), List.of());
        }
    }

    private Optional<KubeObject> item(JsonNode json) throws IOException, UnusableException {
        if (json.path("kind").asText().equals("Secret") && json instanceof ObjectNode secret) {
            var meta = json.path("metadata");
            var name = meta.path("namespace").asText() + "/" + meta.path("name").asText();
            try {
                secrets.unseal(secret, name);
            } catch (GeneralSecurityException _) {
                throw new UnusableException("the key of Secret " + name + " cannot be opened");
            }
        }
        return reader.read(json);
    }

    private UnusableException refuse(String reason) {
        isRefused = true;
        return new UnusableException("'" + file + "' cannot be resumed from: " + reason
                + ". Serving begins without it. Once the API server has been read another one is written, and this one is"
                + " kept as '" + refused().getFileName() + "'");
    }

    private Path refused() {
        return file.resolveSibling(NAME + ".refused");
    }
}
