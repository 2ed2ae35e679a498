package dev.adit.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RegexTest {
    private static final int LONGEST_TARGET = 16_384;

    @Test
    void it_matches_from_the_beginning_and_need_not_reach_the_end() {
        assertThat(regex("/a(/|$)").matches("/a/b", new RegexBudget())).isTrue();
        assertThat(regex("/a(/|$)").matches("/ab", new RegexBudget())).isFalse();
        assertThat(regex("/a").matches("/x/a", new RegexBudget())).isFalse();
    }

    @Test
    void what_only_the_engine_of_the_jdk_knows_is_understood() {
        assertThat(regex("/(?!admin).*").matches("/shop", new RegexBudget())).isTrue();
        assertThat(regex("/(?!admin).*").matches("/admin", new RegexBudget())).isFalse();
        assertThat(regex("/(a+)/\\1$").matches("/aa/aa", new RegexBudget())).isTrue();
    }

    @Test
    void what_is_no_expression_is_refused_with_the_reason() {
        assertThat(Regex.parse("/(a")).isInstanceOf(Regex.Parsed.Invalid.class);
        assertThat(Regex.parse("a".repeat(Regex.MAX_LENGTH + 1))).isInstanceOf(Regex.Parsed.Invalid.class);
    }

    @Test
    void repetitions_that_multiply_beyond_all_memory_are_refused() {
        for (var text : List.of(
                "((a{1000}){1000}){1000}",
                "(((a{10}){10}){10}){10}",
                "(?:(?:[ab]{99}){99}){99}",
                "((a{1,1000}){0,1000})*")) {
            assertThat(Regex.parse(text)).as(text).isInstanceOf(Regex.Parsed.Invalid.class);
        }
        assertThat(regex("/v[0-9]{1,3}/[a-z]{2}").matches("/v12/de", new RegexBudget()))
                .isTrue();
    }

    /** Whatever it costs to find out that it costs too much is bounded by the number of looks, not by a clock. */
    @Test
    void an_expression_that_would_go_on_for_ever_is_broken_off() {
        assertThatThrownBy(() -> regex("(?=(a|aa)+b)c").matches("a".repeat(LONGEST_TARGET), new RegexBudget()))
                .isInstanceOf(RegexBudget.SpentException.class)
                .hasMessageContaining("(?=(a|aa)+b)c");
        assertThatThrownBy(() -> regex("(?!x)(a|b|ab)*c").matches("ab".repeat(LONGEST_TARGET / 2), new RegexBudget()))
                .isInstanceOf(RegexBudget.SpentException.class);
    }

    @Property(tries = 1_000)
    void every_expression_ends_with_an_answer_or_with_its_budget(
            @ForAll("hostile") String expression, @ForAll("text") String text) {
        if (Regex.parse(expression) instanceof Regex.Parsed.Valid(var regex)) {
            try {
                assertThat(regex.matches(text, new RegexBudget())).isIn(true, false);
            } catch (RegexBudget.SpentException e) {
                assertThat(e).hasMessageContaining(expression);
            }
        }
    }

    @Provide
    Arbitrary<String> hostile() {
        return Arbitraries.of(
                        "(a+)+",
                        "(a|aa)*",
                        "(.*)*",
                        "[ab]{50}",
                        "(?=a)",
                        "(?!x)",
                        "\\1",
                        "(",
                        ")",
                        "{9}",
                        "{99}",
                        "*",
                        "+?",
                        "(a|b|ab)*",
                        ".*.*.*",
                        "x",
                        "(?<n>a)",
                        "\\pL+",
                        "[^a]",
                        "|",
                        "^",
                        "$")
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> text() {
        return Arbitraries.of("a", "ab", "aab", "/a")
                .flatMap(part -> Arbitraries.of(1, 10, 1_000, 4_000).map(times -> part.repeat(times) + "!"));
    }

    private static Regex regex(String text) {
        return ((Regex.Parsed.Valid) Regex.parse(text)).regex();
    }

    /** Whatever finds it. */
    @Property(tries = 2_000)
    void a_plain_expression_finds_what_re2_finds(
            @ForAll boolean ignoresCase,
            @ForAll("plain") String literal,
            @ForAll("tails") String tail,
            @ForAll("texts") String text) {
        var expression = (ignoresCase ? "(?i)" : "") + literal + tail;
        assertThat(Beginning.of(expression)).as(expression).isPresent();
        var re2 = com.google.re2j.Pattern.compile(expression).matcher(text);
        var isFound = re2.lookingAt();
        assertThat(regex(expression).matches(text, new RegexBudget())).isEqualTo(isFound);
        if (isFound) {
            var groups = new StringBuilder();
            for (var i = 1; i <= 3; i++) {
                groups.append('<')
                        .append(i <= re2.groupCount() ? re2.group(i) : "")
                        .append('>');
            }
            assertThat(regex(expression).expand(text, "<$1><$2><$3>", new RegexBudget()))
                    .isEqualTo(groups.toString());
        }
    }

    @Test
    void an_expression_with_anything_else_in_it_is_left_to_re2() {
        for (var text : List.of("/a.b", "/a+", "^/a", "/a(.*)b", "/a(/|$)(.*)$", "/(a)(.*)", "/a(.*)(/|$)", "(?s)/a")) {
            assertThat(Beginning.of(text)).as(text).isEmpty();
        }
    }

    @Provide
    Arbitrary<String> plain() {
        return Arbitraries.strings().withChars("/aKs9_%-").ofMaxLength(4);
    }

    @Provide
    Arbitrary<String> tails() {
        return Arbitraries.of("", "(.*)", "(/|$)", "(/|$)(.*)");
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("/aAkKsS9_%-\n\u017f\u212a").ofMaxLength(8);
    }
}
