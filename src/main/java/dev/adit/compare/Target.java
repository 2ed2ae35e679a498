package dev.adit.compare;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where one of them listens.
 *
 * @param host an address, or a name of one
 */
public record Target(String host, int httpPort, int httpsPort) {
    private static final Pattern TEXT =
            Pattern.compile("(\\[[0-9a-fA-F:.]+\\]|[^\\[\\]:/]+)(?::([0-9]{1,5})(?::([0-9]{1,5}))?)?");
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int MOST = 65_535;

    /** As it is written: {@code ADDRESS}, {@code ADDRESS:HTTP} or {@code ADDRESS:HTTP:HTTPS}, an IPv6 address in brackets. */
    public static Optional<Target> of(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var http = parts.group(2) == null ? HTTP_PORT : Integer.parseInt(parts.group(2));
        var https = parts.group(3) == null ? HTTPS_PORT : Integer.parseInt(parts.group(3));
        var host = parts.group(1).startsWith("[")
                ? parts.group(1).substring(1, parts.group(1).length() - 1)
                : parts.group(1);
        return http > 0 && http <= MOST && https > 0 && https <= MOST
                ? Optional.of(new Target(host, http, https))
                : Optional.empty();
    }

    int port(boolean isSecure) {
        return isSecure ? httpsPort : httpPort;
    }

    @Override
    public String toString() {
        return host + ":" + httpPort + ":" + httpsPort;
    }
}
