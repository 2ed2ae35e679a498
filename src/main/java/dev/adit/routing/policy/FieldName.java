package dev.adit.routing.policy;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The name of a header field that Adit writes itself, in lower case (RFC 9110 §5.1).
 *
 * @param text a token
 */
public record FieldName(String text) {
    // RFC 9110 §7.6.1 and §8.6, RFC 9112 §6.1.
    private static final Set<String> OF_ONE_HOP = Set.of(
            "connection",
            "content-length",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "via");

    private static final String MARKS = "!#$%&'*+-.^_`|~";

    public FieldName {
        text = text.toLowerCase(Locale.ROOT);
        if (!isValid(text)) {
            throw new IllegalArgumentException("the name of a field is a token, such as x-frame-options");
        }
    }

    /** Whether it says something of one hop, and not of the message, so that it is the proxy's to write. */
    public boolean isOfOneHop() {
        return OF_ONE_HOP.contains(text);
    }

    /** The name with this text, or empty if no field can have it. */
    public static Optional<FieldName> of(String text) {
        return isValid(text) ? Optional.of(new FieldName(text)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        return !text.isEmpty() && text.chars().allMatch(FieldName::isTokenCharacter);
    }

    private static boolean isTokenCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || MARKS.indexOf(c) >= 0;
    }

    // By hand, as in UpstreamId.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldName that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
