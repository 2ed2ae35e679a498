package dev.adit.kube.files;

import dev.adit.kube.kind.ServedKind;
import dev.adit.kube.kind.ServedKinds;
import java.util.Locale;
import java.util.Optional;

/**
 * What an object of a manifest says that it is.
 *
 * @param apiVersion and {@code kind} as they are written
 */
record KindName(String apiVersion, String kind) {
    private static final int LONGEST = 63;

    /** The kind, where it is one that has a part in routing. */
    Optional<ServedKind<?, ?>> served() {
        return ServedKinds.named(kind).filter(served -> served.isIn(apiVersion));
    }

    /** The version in which the kind is served, where it has, or had, several. */
    Optional<String> servedVersion() {
        return ServedKinds.named(kind)
                .filter(KindName::hasGroup)
                .map(served -> served.kind().apiVersion());
    }

    /** A kind that is served and looks like this one, which is none. */
    Optional<String> meant() {
        return kind.length() > LONGEST
                ? Optional.empty()
                : ServedKinds.ALL.stream()
                        .filter(KindName::hasGroup)
                        .map(served -> served.kind().name())
                        .filter(known -> singular(known).equals(singular(kind)))
                        .findFirst();
    }

    /** Others than those of the core API are of this group, or are not meant. */
    private static boolean hasGroup(ServedKind<?, ?> served) {
        return !served.kind().group().isEmpty();
    }

    /** Without the letters that make a plural, and that are lost most easily. */
    private static String singular(String kind) {
        var lower = kind.toLowerCase(Locale.ROOT);
        var end = lower.length();
        while (end > 0 && "es".indexOf(lower.charAt(end - 1)) >= 0) {
            end--;
        }
        return lower.substring(0, end);
    }
}
