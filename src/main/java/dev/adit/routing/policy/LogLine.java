package dev.adit.routing.policy;

import org.jspecify.annotations.Nullable;

/**
 * How the lines of the access log look, where the options of the process leave that open.
 *
 * @param format with variables of nginx
 * @param isJson whether values are escaped as in texts of JSON
 */
public record LogLine(String format, boolean isJson) implements Policy {
    // By hand, as in UpstreamId: asked for every line.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LogLine that && isJson == that.isJson && format.equals(that.format);
    }

    @Override
    public int hashCode() {
        return format.hashCode();
    }
}
