package dev.adit.routing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The normal form of a path, against a plain reading by decoding again and again. */
class RequestPathTest {
    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");
    private static final Pattern BROKEN = Pattern.compile("%(?![0-9A-Fa-f]{2})|%00");
    private static final Pattern OVERLONG = Pattern.compile(
            "[\\xc0\\xc1][\\x80-\\xbf]|\\xe0[\\x80\\x81][\\x80-\\xbf]|\\xf0\\x80[\\x80\\x81][\\x80-\\xbf]");
    private static final Pattern NOTHING = Pattern.compile("(?!)");
    private static final Pattern UNRESERVED = Pattern.compile("[A-Za-z0-9._~-]");

    @Property(tries = 20_000)
    void a_path_is_refused_exactly_where_more_decoding_finds_a_dot_segment(@ForAll("paths") String path) {
        var normal = RequestPath.normalize(path);
        if (BROKEN.matcher(path).find() || path.contains("\\") || climbs(path)) {
            assertThat(normal).isNull();
        } else {
            var plain = resolved(onceDecoded(path));
            assertThat(normal == null)
                    .as(plain)
                    .isEqualTo(hasDots(decoded(plain, false)) || hasDots(decoded(plain, true)));
            if (normal != null) {
                assertThat(normal).isEqualToIgnoringCase(plain);
            }
        }
    }

    /** Above the root, on the way to wherever it leads. */
    private static boolean climbs(String path) {
        var depth = 0;
        for (var segment : onceDecoded(path).substring(1).split("/", -1)) {
            depth += segment.equals("..") ? -1 : segment.equals(".") ? 0 : 1;
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @CsvSource({"/..", "/../x", "/x/../../y", "/%2e%2e/x", "/./../x"})
    void a_path_that_climbs_above_the_root_is_refused(String path) {
        assertThat(RequestPath.normalize(path)).isNull();
    }

    @Property(tries = 5_000)
    void a_slash_is_encoded_where_decoding_makes_one_more(@ForAll("paths") String path) {
        var normal = RequestPath.normalize(path);
        if (normal != null) {
            var most = Math.max(slashes(decoded(normal, false)), slashes(decoded(normal, true)));
            assertThat(RequestPath.hasEncodedSlash(normal)).isEqualTo(most > slashes(normal));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/a/b, /a/b",
        "/%61, /a",
        "/a/./b/../c, /a/c",
        "/a/%2E%2e/c, /c",
        "/a%2fb, /a%2Fb",
        "/a%2f.b, /a%2F.b",
        "/.well-known/x, /.well-known/x",
        "/a;b/.c, /a;b/.c",
        "/a;../b, /a;../b",
        "/%c0, /%C0"
    })
    void the_normal_form_is_matched_and_forwarded(String path, String normal) {
        assertThat(RequestPath.normalize(path)).isEqualTo(normal);
    }

    @ParameterizedTest
    @CsvSource({
        "/x/%f8%80%80%80%ae%f8%80%80%80%ae/admin",
        "/x/%fc%80%80%80%80%ae%fc%80%80%80%80%ae/admin",
        "/x/%c0%2e%c0%2e/admin",
        "/x/..%c0%2fadmin",
        "/x/%e0%40%ae%e0%40%ae/admin",
        "/x%c1/..;/admin"
    })
    void sequences_that_only_careless_decoders_take_for_dots_and_slashes_are_refused(String path) {
        assertThat(RequestPath.normalize(path)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"/%FCber/%F6ffnen.html", "/%C1.html", "/%C0", "/%E9t%E9/%C3%A9t%C3%A9"})
    void letters_of_latin_1_and_utf_8_pass(String path) {
        assertThat(RequestPath.normalize(path)).isEqualTo(path);
    }

    @Test
    void what_needs_no_change_is_the_same_object() {
        for (var path : List.of("/", "/a/b.c", "/a;b", "/a..b/c")) {
            assertThat(RequestPath.normalize(path)).isSameAs(path);
        }
    }

    @Test
    void a_path_that_is_encoded_a_thousand_times_costs_no_more_than_its_length() {
        var often = "/a/.." + "%" + "25".repeat(8_000) + "2fb";
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (var i = 0; i < 1_000; i++) {
                assertThat(RequestPath.normalize(often)).isNull();
            }
        });
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of(
                        "/",
                        "/",
                        "/",
                        "a",
                        "..",
                        ".",
                        ".",
                        ";",
                        "%",
                        "25",
                        "2e",
                        "2f",
                        "5c",
                        "%2e",
                        "%2E",
                        "%2f",
                        "%2F",
                        "%5c",
                        "%3b",
                        "%25",
                        "%2525",
                        "%252e",
                        "%25252f",
                        "%32",
                        "%66",
                        "%c0%ae",
                        "%C0%AF",
                        "%c1%9c",
                        "%e0%80%ae",
                        "%f0%80%80%af",
                        "%c0%a5",
                        "%c3%a9",
                        "%20",
                        "\\",
                        "%00")
                .list()
                .ofMaxSize(10)
                .map(parts -> "/" + String.join("", parts));
    }

    /** RFC 3986 §6.2.2.2. */
    private static String onceDecoded(String path) {
        return ESCAPE.matcher(path).replaceAll(escape -> {
            var text = String.valueOf((char) Integer.parseInt(escape.group(1), 16));
            return UNRESERVED.matcher(text).matches() ? text : escape.group();
        });
    }

    private static String resolved(String path) {
        var kept = new ArrayDeque<String>();
        var parts = path.substring(1).split("/", -1);
        for (var i = 0; i < parts.length; i++) {
            switch (parts[i]) {
                case "." -> {}
                case ".." -> kept.pollLast();
                default -> kept.addLast(parts[i]);
            }
            if (i == parts.length - 1 && (parts[i].equals(".") || parts[i].equals(".."))) {
                kept.addLast("");
            }
        }
        return "/" + String.join("/", kept);
    }

    private static String decoded(String path, boolean overlong) {
        var before = "";
        for (var text = path; ; ) {
            before = text;
            text = ESCAPE.matcher(text).replaceAll(escape -> quoted(Integer.parseInt(escape.group(1), 16)));
            text = (overlong ? OVERLONG : NOTHING).matcher(text).replaceAll(bytes -> {
                var all = bytes.group().getBytes(ISO_8859_1);
                return quoted((all[all.length - 2] & 1) << 6 | (all[all.length - 1] & 0x3f));
            });
            if (text.equals(before)) {
                return text;
            }
        }
    }

    private static String quoted(int c) {
        return java.util.regex.Matcher.quoteReplacement(String.valueOf((char) c));
    }

    private static boolean hasDots(String decoded) {
        for (var part : decoded.split("[/\\\\]", -1)) {
            var name = part.split(";", -1)[0];
            if (name.equals(".") || name.equals("..")) {
                return true;
            }
        }
        return false;
    }

    private static long slashes(String path) {
        return path.chars().filter(c -> c == '/' || c == '\\').count();
    }
}
