package dev.adit.downstream.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.http.codec.Framing;
import dev.adit.http.codec.frames.Http2Section;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Http2HeadsTest {
    @Test
    void a_field_that_was_folded_has_no_blank_at_its_ends_in_http_2() {
        var fields = unchecked().add("X-Folded", " a b\t").add("X-Empty", " ");
        var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, fields);
        var section = Objects.requireNonNull(Http2Section.response(response, Framing.INTERIM));
        assertThat(section.get("x-folded")).hasToString("a b");
        assertThat(section.get("x-empty")).hasToString("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\u0000b", "\u007f"})
    void a_malformed_field_is_in_no_section(String value) {
        var fields = unchecked().add("x", value);
        var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, fields);
        assertThat(Http2Section.response(response, Framing.INTERIM)).isNull();
        assertThat(Http2Section.trailers(fields)).isEmpty();
        assertThat(Http2Heads.trailers(new DefaultHttp2Headers(false).add("x", value)))
                .isNull();
    }

    private static HttpHeaders unchecked() {
        return DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    }
}
