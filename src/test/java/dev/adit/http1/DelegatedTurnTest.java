package dev.adit.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;

class DelegatedTurnTest {
    private final DelegatedTurn turn = new DelegatedTurn();

    @Test
    void a_turn_is_the_last_where_request_or_answer_end_the_connection() {
        assertThat(isLast(HttpVersion.HTTP_1_1, "", "")).isFalse();
        assertThat(isLast(HttpVersion.HTTP_1_1, "upgrade, close", "")).isTrue();
        assertThat(isLast(HttpVersion.HTTP_1_1, "", "close")).isTrue();
        assertThat(isLast(HttpVersion.HTTP_1_0, "", "")).isTrue();
        assertThat(isLast(HttpVersion.HTTP_1_0, "keep-alive", "keep-alive")).isFalse();
    }

    @Test
    void an_interim_answer_ends_nothing() {
        turn.begin(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"), false);
        assertThat(turn.wrote(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE)))
                .isFalse();
        assertThat(turn.isRunning()).isTrue();
    }

    private boolean isLast(HttpVersion version, String asked, String answered) {
        var request = new DefaultHttpRequest(version, HttpMethod.GET, "/");
        var response = new DefaultFullHttpResponse(version, HttpResponseStatus.OK);
        if (!asked.isEmpty()) {
            request.headers().set(HttpHeaderNames.CONNECTION, asked);
        }
        if (!answered.isEmpty()) {
            response.headers().set(HttpHeaderNames.CONNECTION, answered);
        }
        turn.begin(request, false);
        assertThat(turn.wrote(response)).isTrue();
        turn.end(true);
        return turn.isLast();
    }
}
