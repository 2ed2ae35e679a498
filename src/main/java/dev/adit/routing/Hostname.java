package dev.adit.routing;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The host that a rule is for, in lower case and without a trailing dot. */
public sealed interface Hostname {

    Any ANY = new Any();

    /** Every host: a rule that names none. */
    record Any() implements Hostname {
        @Override
        public String text() {
            return "*";
        }
    }

    /** One name. */
    record Exact(String name) implements Hostname {
        // By hand, as in UpstreamId.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Exact that && name.equals(that.name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }

        @Override
        public String text() {
            return name;
        }
    }

    /** Any single label in front of the suffix, which begins with a dot. */
    record Wildcard(String suffix) implements Hostname {
        // By hand, as in UpstreamId.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Wildcard that && suffix.equals(that.suffix);
        }

        @Override
        public int hashCode() {
            return suffix.hashCode();
        }

        @Override
        public String text() {
            return "*" + suffix;
        }
    }

    String text();

    /** RFC 1123 names, or {@code *.} before one; empty when the text is neither. */
    static Optional<Hostname> parse(String text) {
        if (text.isEmpty()) {
            return Optional.of(ANY);
        }
        var name = normalize(text);
        var wildcard = name.startsWith("*.");
        var suffix = wildcard ? name.substring(1) : name;
        if (name.length() > 253
                || !Syntax.DNS_NAME
                        .matcher(wildcard ? suffix.substring(1) : suffix)
                        .matches()) {
            return Optional.empty();
        }
        return Optional.of(wildcard ? new Wildcard(suffix) : new Exact(name));
    }

    /** Host names compare without regard to case, and a trailing dot only marks the name as absolute. */
    static String normalize(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.length() > 1 && lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** The suffix whose wildcard covers a name: all from its first dot on, or empty for a single label. */
    static String wildcardSuffix(String name) {
        var dot = name.indexOf('.');
        return dot <= 0 ? "" : name.substring(dot);
    }

    /** Holder of the pattern, which an interface could only expose. */
    final class Syntax {
        private static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
        private static final Pattern DNS_NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

        private Syntax() {}
    }
}
