package dev.adit.downstream.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.http.codec.StrictReader;
import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints that answer with parts of HTTP in any order, with bytes in them that do not belong there. */
class ResponseMutationTest {
    private static final int ANSWERS = 700;
    private static final List<String> STATUS_LINES = List.of(
            "HTTP/1.1 200 OK\r\n",
            "HTTP/1.1 404\r\n",
            "HTTP/1.0 200 OK\r\n",
            "HTTP/1.1 204 No Content\r\n",
            "HTTP/1.1 304 Not Modified\r\n",
            "HTTP/1.1 100 Continue\r\n",
            "HTTP/1.1 103 Early Hints\r\n",
            "HTTP/1.1 150 Wait\r\n",
            "HTTP/1.1 999 What\r\n");
    private static final List<String> FIELDS = List.of(
            "Content-Length: 2\r\n",
            "content-length: 0\r\n",
            "Transfer-Encoding: chunked\r\n",
            "X: a\r\n",
            " folded\r\n",
            "Set-Cookie: a=b\r\n",
            "Connection: close, X\r\n",
            "Connection: Upgrade\r\nUpgrade: h2c\r\n");
    private static final List<String> BODIES = List.of(
            "ok", "", "2\r\nok\r\n0\r\n\r\n", "2;a=b\r\nok\r\n0\r\nX-Sum: 1\r\nContent-Length: 9\r\n\r\n", "0\r\n\r\n");
    private static final String BYTES = "\r\n\u0000 \t:;,\u001b\u00e4\u007f+-0a";

    /** By the engine, and by Vert.x, which carries what asks for another protocol. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: close, TE\r\nTE: trailers\r\n",
                "Connection: close, Upgrade\r\nUpgrade: websocket\r\n"
            })
    void whatever_an_endpoint_answers_its_client_gets_one_response(String fields) throws Exception {
        var random = new SplittableRandom(fields.length());
        var answer = new String[1];
        var served = 0;
        try (var proxy = new RunningProxy();
                var origin = new RawOrigin((_, socket) ->
                        socket.getOutputStream().write(answer[0].getBytes(StandardCharsets.ISO_8859_1)))) {
            proxy.route(origin.port());
            for (var i = 0; i < ANSWERS; i++) {
                answer[0] = answer(random);
                try (var client = new RawClient(proxy.http())) {
                    client.send("GET / HTTP/1.1\r\nHost: a.test\r\n" + fields + "\r\n");
                    var text = client.readAll();
                    if (!text.isEmpty()) { // broken off before its head was sent
                        served += StrictReader.assertOneResponse(text, false) < 400 ? 1 : 0;
                    }
                } catch (java.net.SocketException _) {
                    // broken off by a reset
                } catch (Exception | AssertionError e) {
                    throw new AssertionError("in answer to: " + answer[0], e);
                }
            }
        }
        assertThat(served).isBetween(ANSWERS / 10, ANSWERS);
    }

    private static String answer(SplittableRandom random) {
        var answer = new StringBuilder();
        for (var responses = random.nextInt(1, 3); responses > 0; responses--) {
            answer.append(STATUS_LINES.get(random.nextInt(STATUS_LINES.size())));
            for (var fields = random.nextInt(3); fields > 0; fields--) {
                answer.append(FIELDS.get(random.nextInt(FIELDS.size())));
            }
            answer.append("\r\n").append(BODIES.get(random.nextInt(BODIES.size())));
        }
        for (var changes = random.nextInt(-2, 3); changes > 0; changes--) {
            answer.insert(random.nextInt(answer.length()), BYTES.charAt(random.nextInt(BYTES.length())));
        }
        return answer.toString();
    }
}
