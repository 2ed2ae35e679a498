package dev.adit.kube;

/**
 * A kind of objects of the Kubernetes API. There is one instance for each, the constant {@code KIND} of its record, and
 * two kinds are equal only if they are the same instance.
 *
 * @param <T> the record that its objects are read into
 */
public final class Kind<T extends KubeObject> {
    private final String apiVersion;
    private final String name;
    private final String plural;
    private final Class<T> type;
    private final boolean isGeneral;
    private final boolean changesApart;

    private Kind(
            String apiVersion, String name, String plural, Class<T> type, boolean isGeneral, boolean changesApart) {
        this.apiVersion = apiVersion;
        this.name = name;
        this.plural = plural;
        this.type = type;
        this.isGeneral = isGeneral;
        this.changesApart = changesApart;
    }

    /**
     * A kind whose objects concern those that refer to them.
     *
     * @param apiVersion group and version, as {@code networking.k8s.io/v1}, or only the version for the core API
     * @param plural the name of its resource, as RBAC and URLs have it
     */
    public static <T extends KubeObject> Kind<T> of(String apiVersion, String name, String plural, Class<T> type) {
        return new Kind<>(apiVersion, name, plural, type, false, true);
    }

    /** A kind each of whose objects may concern everything: any change of one is a reason to look at all. */
    public static <T extends KubeObject> Kind<T> general(String apiVersion, String name, String plural, Class<T> type) {
        return new Kind<>(apiVersion, name, plural, type, true, false);
    }

    /** A kind whose objects are looked at with all others, and a change of one with those alone that share hosts with it. */
    public static <T extends KubeObject> Kind<T> attached(
            String apiVersion, String name, String plural, Class<T> type) {
        return new Kind<>(apiVersion, name, plural, type, true, true);
    }

    public String apiVersion() {
        return apiVersion;
    }

    /** The API group; empty for the core API. */
    public String group() {
        var slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    public String name() {
        return name;
    }

    public String plural() {
        return plural;
    }

    /** Whether its objects are looked at with all others. */
    public boolean isGeneral() {
        return isGeneral;
    }

    /** Whether a change of one object may be looked at without all others. */
    public boolean changesApart() {
        return changesApart;
    }

    /** Whether its objects are routes that are attached to listeners, each change of which is looked at apart. */
    public boolean isAttached() {
        return isGeneral && changesApart;
    }

    /** An object as one of this kind, which it has to be. */
    public T cast(KubeObject object) {
        return type.cast(object);
    }

    /** Names an object of this kind. */
    public ObjectRef ref(ObjectKey key) {
        return new ObjectRef(this, key);
    }

    @Override
    public String toString() {
        return name;
    }
}
