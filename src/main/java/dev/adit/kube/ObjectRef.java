package dev.adit.kube;

/** Names an object, which need not exist. */
public record ObjectRef(Kind<?> kind, ObjectKey key) {
    @Override
    public String toString() {
        return kind + " " + key;
    }
}
