package dev.adit.kube;

/** An object of the Kubernetes API, with what of it matters here. */
public interface KubeObject {
    Kind<?> kind();

    /** Unique among the objects of its kind. */
    ObjectKey key();

    /** That of the API server; empty where it is of no matter, or has come from a file. */
    default String uid() {
        return "";
    }

    /** Whether it is known what it holds; else it is being asked for. */
    default boolean isRead() {
        return true;
    }

    /** What names it among the objects of every kind. */
    default ObjectRef ref() {
        return new ObjectRef(kind(), key());
    }
}
