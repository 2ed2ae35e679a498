package dev.adit.routing;

import dev.adit.hashing.TextHash;
import java.util.Locale;
import java.util.Optional;
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

        @Override
        public boolean covers(String name) {
            return true;
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
            return TextHash.of(name);
        }

        @Override
        public String text() {
            return name;
        }

        @Override
        public boolean covers(String name) {
            return this.name.equals(name);
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
            return TextHash.of(suffix);
        }

        @Override
        public String text() {
            return "*" + suffix;
        }

        @Override
        public boolean covers(String name) {
            return suffix.equals(wildcardSuffix(name));
        }
    }

    /** Every name that ends with the suffix, which begins with a dot; however many labels are in front of it. */
    record Subdomains(String suffix) implements Hostname {
        // By hand, as in UpstreamId.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Subdomains that && suffix.equals(that.suffix);
        }

        @Override
        public int hashCode() {
            return TextHash.of(suffix);
        }

        @Override
        public String text() {
            return "**" + suffix;
        }

        @Override
        public boolean covers(String name) {
            return name.length() > suffix.length() && name.endsWith(suffix) && !isTooLong(name);
        }
    }

    String text();

    /** Whether a name in its normal form is one of those. */
    boolean covers(String name);

    /** Of two that cover one name, the one that says more of it has the greater. */
    static int specificity(Hostname host) {
        return switch (host) {
            case Exact _ -> Integer.MAX_VALUE;
            case Wildcard(var suffix) -> 2 * suffix.length() + 1; // one label says more than any number
            case Subdomains(var suffix) -> 2 * suffix.length();
            case Any _ -> 0;
        };
    }

    /** Both kinds of wildcards of one suffix as one. */
    static Hostname ofEitherWildcard(Hostname host) {
        return host instanceof Wildcard(var suffix) ? new Subdomains(suffix) : host;
    }

    /** What both cover; empty where that is nothing. A wildcard covers one label more, or any number. */
    static Optional<Hostname> intersection(Hostname one, Hostname other) {
        var isWider = specificity(one) <= specificity(other);
        var wider = isWider ? one : other;
        var narrower = isWider ? other : one;
        return switch (wider) {
            case Any _ -> Optional.of(narrower);
            case Exact _ -> wider.equals(narrower) ? Optional.of(wider) : Optional.empty();
            case Wildcard _ -> wider.equals(narrower) ? Optional.of(wider) : within(wider, narrower);
            case Subdomains(var suffix) ->
                narrower instanceof Subdomains(var longer) && longer.endsWith(suffix)
                        ? Optional.of(narrower)
                        : within(wider, narrower);
        };
    }

    private static Optional<Hostname> within(Hostname wider, Hostname narrower) {
        return narrower instanceof Exact(var name) && wider.covers(name) ? Optional.of(narrower) : Optional.empty();
    }

    /** RFC 1123 names, or {@code *.} before one; empty when the text is neither. */
    static Optional<Hostname> parse(String text) {
        if (text.isEmpty()) {
            return Optional.of(ANY);
        }
        // With its last dot it may be one longer.
        if (text.length() > Syntax.LONGEST_NAME + 1) {
            return Optional.empty();
        }
        var name = normalize(text);
        var wildcard = name.startsWith("*.");
        if (name.length() > Syntax.LONGEST_NAME || !Syntax.isName(name, wildcard ? 2 : 0)) {
            return Optional.empty();
        }
        return Optional.of(wildcard ? new Wildcard(name.substring(1)) : new Exact(name));
    }

    /** Host names compare without regard to case, and a trailing dot only marks the name as absolute. */
    static String normalize(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.length() > 1 && lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** Whether a text is longer than any name (RFC 1035 §2.3.4): no suffix of it is worth a look. */
    static boolean isTooLong(String name) {
        return name.length() > Syntax.LONGEST_NAME;
    }

    /** The suffix whose wildcard covers a name: all from its first dot on, or empty for a single label. */
    static String wildcardSuffix(String name) {
        var dot = name.indexOf('.');
        return dot <= 0 ? "" : name.substring(dot);
    }

    /** What makes a name, in one pass and without a stack: anybody may have written the text. */
    final class Syntax {
        private static final int LONGEST_NAME = 253;
        private static final int LONGEST_LABEL = 63;

        private Syntax() {}

        /** Labels of letters, digits and hyphens with dots between them; no label begins or ends with a hyphen. */
        private static boolean isName(String name, int from) {
            var start = from;
            for (var i = from; i <= name.length(); i++) {
                if (i == name.length() || name.charAt(i) == '.') {
                    if (i == start || i - start > LONGEST_LABEL || isHyphen(name, start) || isHyphen(name, i - 1)) {
                        return false;
                    }
                    start = i + 1;
                } else if (!isLetterOrDigit(name.charAt(i)) && !isHyphen(name, i)) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isHyphen(String name, int at) {
            return name.charAt(at) == '-';
        }

        private static boolean isLetterOrDigit(char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        }
    }
}
