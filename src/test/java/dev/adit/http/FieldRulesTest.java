package dev.adit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content_Length",
                "content.length",
                "CONTENT_LENGTH",
                "Transfer_Encoding",
                "Transfer~Encoding",
                "Keep_Alive",
                "HTTP2_Settings",
                "Proxy_Connection",
                "Proxy_Authorization",
                "X_Forwarded_For",
                "X-Forwarded_Anything",
                "x.forwarded.proto",
                "X_Real_IP",
                "Forwarded",
                "Host",
                "TE",
                "Upgrade",
                "Connection"
            })
    void what_frames_or_identifies_does_not_pass_in_any_spelling(String name) {
        assertThat(FieldRules.passesRequest(name, Set.of())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length",
                "Content_Type",
                "My_Field",
                "_Content_Length",
                "Content_Lengths",
                "ContentXLength",
                "Content1Length",
                "X",
                "X-Forward",
                "XForwardedFor",
                "X-Realtime",
                "User_Agent",
                "Expect"
            })
    void other_names_pass_whatever_they_are_made_of(String name) {
        assertThat(FieldRules.passesRequest(name, Set.of())).isTrue();
    }

    @Test
    void max_forwards_is_one_number() {
        assertThat(FieldRules.maxForwards(List.of("0"))).isZero();
        assertThat(FieldRules.maxForwards(List.of(" 12 "))).isEqualTo(12);
        assertThat(FieldRules.maxForwards(List.of("12345678901234567890"))).isEqualTo(Integer.MAX_VALUE);
        for (var values : List.of(
                List.<String>of(), List.of(""), List.of("1", "1"), List.of("1,1"), List.of("+1"), List.of("\u0661"))) {
            assertThat(FieldRules.maxForwards(values)).as("%s", values).isEqualTo(-1);
        }
    }
}
