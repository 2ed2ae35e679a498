package dev.adit.smuggling;

import dev.adit.testbed.Http2Frames;
import dev.adit.testbed.RawSocket;
import dev.adit.testbed.Transport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashSet;

/** Sends one case and a probe behind it, each on a connection of its own. */
record Clients(Transport transport, int port) {
    private static final int SILENCE_MILLIS = 250;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final String PROBE = "GET /probe HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n";

    /**
     * What came back.
     *
     * @param responses how many final ones
     * @param isWhole whether Adit has said all that it had to say
     */
    record Reply(long responses, boolean isWhole) {}

    /** Whether the probe is answered by itself. */
    boolean isServed() throws IOException, GeneralSecurityException {
        return http1(PROBE, PATIENCE_MILLIS).equals(new Reply(1, true));
    }

    Reply send(Corpus.Case one, int number) throws IOException, GeneralSecurityException {
        return http1(Corpus.numbered(one.bytes() + PROBE, number), SILENCE_MILLIS);
    }

    Reply send(Http2Corpus.Case one, int number) throws IOException, GeneralSecurityException {
        var request = new ByteArrayOutputStream();
        Http2Frames.preface(request, Http2Frames.NOTHING);
        request.writeBytes(one.frames(number));
        var probe = Http2Frames.get(Corpus.numbered("a.test", number), "/probe");
        request.writeBytes(Http2Frames.headers(Http2Frames.END_STREAM, 3, probe));
        try (var socket = connect("h2")) {
            socket.send(request.toByteArray());
            var answered = new HashSet<Integer>();
            var ended = new HashSet<Integer>();
            while (ended.size() < 2) {
                var frame = next(socket);
                if (frame.type() == Http2Frames.HEADERS) {
                    answered.add(frame.stream());
                }
                var isEnd = frame.type() <= Http2Frames.HEADERS && frame.has(Http2Frames.END_STREAM);
                if (isEnd || frame.type() == Http2Frames.RST_STREAM) {
                    ended.add(frame.stream());
                }
            }
            return new Reply(answered.size(), true);
        } catch (IOException _) {
            return new Reply(0, false); // closed, or silent, as both may be
        }
    }

    private static Http2Frames.Frame next(RawSocket socket) throws IOException {
        var header = socket.read(9, SILENCE_MILLIS);
        var length = (header[0] & 0xff) << 16 | (header[1] & 0xff) << 8 | (header[2] & 0xff);
        var frame = new ByteArrayOutputStream();
        frame.writeBytes(header);
        frame.writeBytes(socket.read(length, SILENCE_MILLIS));
        return Http2Frames.read(new ByteArrayInputStream(frame.toByteArray()));
    }

    /** Until the server closes or has been silent for a while. */
    private Reply http1(String requests, int silenceMillis) throws IOException, GeneralSecurityException {
        var answer = new ByteArrayOutputStream();
        try (var socket = connect("http/1.1")) {
            socket.send(requests);
            for (var more = socket.readSome(silenceMillis); more.length > 0; more = socket.readSome(silenceMillis)) {
                answer.writeBytes(more);
            }
            return new Reply(responses(answer), true);
        } catch (IOException _) {
            return new Reply(responses(answer), false); // it waits for the rest of a body, as it should, or has reset
        }
    }

    private static long responses(ByteArrayOutputStream answer) {
        return CanonicalRequests.responses(answer.toString(StandardCharsets.ISO_8859_1));
    }

    private RawSocket connect(String protocol) throws IOException, GeneralSecurityException {
        var socket = RawSocket.connect(port);
        return transport.isSecure() ? socket.secure("a.test", protocol) : socket;
    }
}
