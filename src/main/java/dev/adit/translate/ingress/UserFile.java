package dev.adit.translate.ingress;

import dev.adit.kube.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The users of a Secret: of a file with a line for each, or an entry for each. As in nginx the first line of a user counts. */
final class UserFile {
    private static final String FILE = "auth";
    private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{32}");

    private UserFile() {}

    private record Line(String user, String rest) {}

    /** Those of a Secret; empty where it has no file. */
    private static Optional<List<Line>> lines(Secret secret, boolean isMap) {
        return isMap
                ? Optional.of(secret.texts().entrySet().stream()
                        .map(entry -> new Line(entry.getKey(), entry.getValue()))
                        .toList())
                : Optional.ofNullable(secret.texts().get(FILE)).map(UserFile::lines);
    }

    private static List<Line> lines(String text) {
        return text.lines()
                .filter(line -> !line.startsWith("#") && line.indexOf(':') > 0)
                .map(line -> new Line(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1)))
                .toList();
    }

    /** The hashes of the passwords by htpasswd. In a file, what follows another colon is a remark. */
    static Optional<Map<String, String>> basic(Secret secret, boolean isMap) {
        return lines(secret, isMap).map(lines -> {
            var hashes = new HashMap<String, String>();
            lines.forEach(line -> hashes.putIfAbsent(line.user(), (isMap ? line.rest() : before(line.rest())).strip()));
            return hashes;
        });
    }

    private static String before(String rest) {
        var colon = rest.indexOf(':');
        return colon < 0 ? rest : rest.substring(0, colon);
    }

    /** The digests by htdigest, {@code user:realm:digest}, of those users who are of a realm. */
    static Optional<Map<String, String>> digest(Secret secret, boolean isMap, String realm) {
        return lines(secret, isMap).map(lines -> {
            var digests = new HashMap<String, String>();
            for (var line : lines) {
                var colon = line.rest().lastIndexOf(':');
                var digest = line.rest().substring(colon + 1).strip();
                if (colon >= 0
                        && line.rest().substring(0, colon).equals(realm)
                        && DIGEST.matcher(digest).matches()) {
                    digests.putIfAbsent(line.user(), digest.toLowerCase(Locale.ROOT));
                }
            }
            return digests;
        });
    }
}
