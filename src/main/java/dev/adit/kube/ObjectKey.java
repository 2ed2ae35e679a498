package dev.adit.kube;

import dev.adit.hashing.TextHash;
import java.util.Comparator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Namespace and name of an object; the namespace of a cluster-scoped one is empty. */
public record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {
    private static final Comparator<ObjectKey> ORDER =
            Comparator.comparing(ObjectKey::namespace).thenComparing(ObjectKey::name);

    // RFC 1123, as the API server asks of the names of most kinds.
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    /** Whether there can be an object of that name, so that it is worth while to ask for it. */
    public boolean canExist() {
        return NAME.matcher(name).matches();
    }

    /** Parses {@code namespace/name}, as options and logs write it. */
    public static ObjectKey parse(String text) {
        var slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1 || text.indexOf('/', slash + 1) >= 0) {
            throw new IllegalArgumentException("'" + text + "' is not of the form namespace/name");
        }
        return new ObjectKey(text.substring(0, slash), text.substring(slash + 1));
    }

    // By hand: in a native image those of a record are method handles that are interpreted, and this is a key of
    // tables.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ObjectKey(var otherNamespace, var otherName)
                && name.equals(otherName)
                && namespace.equals(otherNamespace);
    }

    @Override
    public int hashCode() {
        return TextHash.of(namespace, name);
    }

    @Override
    public int compareTo(ObjectKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
