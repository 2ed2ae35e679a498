package dev.adit.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The file of {@code --management-token-file}. Where it holds no token, nobody is admitted. */
final class TokenFile {
    private static final Logger LOG = Logger.getLogger("dev.adit");
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,4096}");
    private static final int MOST_BYTES = 8_192;
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";

    private final Path file;
    private volatile String fault = "";

    TokenFile(Path file) {
        this.file = file;
    }

    /** Logs what is wrong with the file, so that the operator sees it at the start. */
    void check() {
        var _ = token();
    }

    /** Whether the value of {@code Authorization} is the token: as that of a program, or as the password of any user. */
    boolean isShownBy(@Nullable String authorization) {
        var token = token();
        return !token.isEmpty()
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.US_ASCII),
                        shown(authorization).getBytes(StandardCharsets.UTF_8));
    }

    /** Empty if the file holds no token. Why is logged once, and again when the reason changes. */
    private String token() {
        try {
            var text = Files.isRegularFile(file) && Files.size(file) <= MOST_BYTES
                    ? Files.readString(file, StandardCharsets.ISO_8859_1).strip()
                    : "";
            if (TOKEN.matcher(text).matches()) {
                fault = "";
                return text;
            }
            report("it does not hold one line of printable ASCII without blanks");
        } catch (IOException e) {
            report("it cannot be read: " + e);
        }
        return "";
    }

    private void report(String what) {
        if (!fault.equals(what)) {
            fault = what;
            LOG.warnf(
                    "--management-token-file: '%s' has no token: %s. The page, its API, /routes, /certificates and /explain"
                            + " are closed until it has one",
                    file, what);
        }
    }

    private static String shown(@Nullable String authorization) {
        if (authorization == null) {
            return "";
        }
        if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return authorization.substring(BEARER.length()).strip();
        }
        if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return "";
        }
        try {
            var credentials = Base64.getDecoder()
                    .decode(authorization.substring(BASIC.length()).strip());
            var text = new String(credentials, StandardCharsets.UTF_8);
            return text.substring(text.indexOf(':') + 1);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }
}
