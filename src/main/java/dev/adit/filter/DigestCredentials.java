package dev.adit.filter;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a client shows of its password (RFC 7616 §3.4).
 *
 * @param user in the form of the file of users
 * @param uri the target that it asks for, as it says
 * @param nc how often it has used the nonce, as eight hexadecimal digits
 */
record DigestCredentials(
        String user, String realm, String nonce, String uri, String response, String cnonce, String nc) {
    private static final String SCHEME = "digest ";
    private static final int LONGEST = 8_192;
    // A name, and a token or a text within quotes, of which nothing is escaped: clients differ in what they compute
    // then. Possessive, so
    // that a field of any kind is read in linear time.
    private static final Pattern PARAMETER =
            Pattern.compile("[\\s,]*+([a-zA-Z0-9*-]++)\\s*+=\\s*+(?:\"([^\"\\\\]*+)\"|([^\\s,\"]++))");
    private static final Pattern COUNT = Pattern.compile("[0-9a-fA-F]{8}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{32}");

    /** Of a request; empty where it has none, more than one, or one that is not meant for this server. */
    static Optional<DigestCredentials> of(List<String> fields) {
        if (fields.size() != 1
                || fields.getFirst().length() > LONGEST
                || !fields.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        return parameters(fields.getFirst().substring(SCHEME.length())).flatMap(DigestCredentials::of);
    }

    private static Optional<Map<String, String>> parameters(String text) {
        var parameters = new HashMap<String, String>();
        var matcher = PARAMETER.matcher(text);
        var end = 0;
        // Anchored: looked for anywhere, what matches nowhere would be looked for at each place.
        while (matcher.region(end, text.length()).lookingAt()) {
            var quoted = matcher.group(2);
            var value = quoted == null ? matcher.group(3) : quoted;
            if (parameters.put(matcher.group(1).toLowerCase(Locale.ROOT), value) != null) {
                return Optional.empty(); // which of the two is meant, nobody knows
            }
            end = matcher.end();
        }
        return text.substring(end).isBlank() ? Optional.of(parameters) : Optional.empty();
    }

    private static Optional<DigestCredentials> of(Map<String, String> from) {
        var isOurs = from.getOrDefault("algorithm", "MD5").equalsIgnoreCase("MD5")
                && from.getOrDefault("qop", "").equals("auth")
                && COUNT.matcher(from.getOrDefault("nc", "")).matches()
                && DIGEST.matcher(from.getOrDefault("response", "")).matches()
                && from.keySet().containsAll(List.of("username", "realm", "nonce", "uri", "cnonce"));
        return isOurs
                ? Optional.of(new DigestCredentials(
                        new String(bytes(from.getOrDefault("username", "")), StandardCharsets.UTF_8),
                        from.getOrDefault("realm", ""),
                        from.getOrDefault("nonce", ""),
                        from.getOrDefault("uri", ""),
                        from.getOrDefault("response", ""),
                        from.getOrDefault("cnonce", ""),
                        from.getOrDefault("nc", "")))
                : Optional.empty();
    }

    /** How often the nonce has been used. */
    long count() {
        return HexFormat.fromHexDigitsToLong(nc);
    }

    /** Whether it is what somebody sends who knows the password, for this method. */
    boolean isOf(String secret, String method) {
        return MessageDigest.isEqual(bytes(digest(secret, method + ":" + uri)), bytes(response));
    }

    /** What shows the client that the server knows the password, too (RFC 7616 §3.5). */
    String answer(String secret) {
        return digest(secret, ":" + uri);
    }

    private String digest(String secret, String what) {
        return md5(String.join(":", secret, nonce, nc, cnonce, "auth", md5(what)));
    }

    private static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("MD5 is part of every Java", e);
        }
    }

    /** As they came. */
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
