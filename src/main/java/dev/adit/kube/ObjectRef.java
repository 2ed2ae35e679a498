package dev.adit.kube;

import org.jspecify.annotations.Nullable;

/** Names an object, which need not exist. */
public record ObjectRef(Kind<?> kind, ObjectKey key) {
    // By hand, as those of ObjectKey.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ObjectRef(var otherKind, var otherKey) && kind == otherKind && key.equals(otherKey);
    }

    @Override
    public int hashCode() {
        return 31 * kind.name().hashCode() + key.hashCode();
    }

    @Override
    public String toString() {
        return kind + " " + key;
    }
}
