package dev.adit.downstream.listener;

import static dev.adit.downstream.listener.EndOfRequestTest.H2C;
import static dev.adit.downstream.listener.EndOfRequestTest.refused;
import static dev.adit.downstream.listener.Version.Asked.get;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.downstream.listener.Ends.Outcome;
import dev.adit.downstream.listener.Version.Asked;
import dev.adit.exchange.UpstreamTimeouts;
import dev.adit.http.Refusal;
import dev.adit.observe.End;
import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever requests come together, each of them ends once. */
class EndsPropertyTest {
    private static final Outcome COMPLETE = new Outcome(End.COMPLETE, 200, null);

    private static final String UPGRADE =
            "GET /chat HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    private static final List<Visit> VISITS = List.of(
            sends(get("/ok"), COMPLETE),
            sends(Asked.post("/ok", "hello"), COMPLETE),
            sends(get("/ok").to("b.test"), refused(Refusal.NO_ROUTE)),
            sends(get("/ok").to("a/b"), refused(Refusal.BAD_HOST)),
            sends(get("/fails"), refused(Refusal.UPSTREAM_FAILED)),
            sends(get("/breaks"), new Outcome(End.UPSTREAM_BROKE, 200, Refusal.UPSTREAM_FAILED)),
            new Visit(
                    "leaves in a response",
                    (version, client) -> {
                        version.send(client, get("/stays"));
                        assertThat(client.readUntil("hal")).endsWith("hal");
                        client.close();
                    },
                    new Outcome(End.CLIENT_GONE, 200, null)),
            new Visit(
                    "upgrades",
                    (_, client) -> {
                        client.send(UPGRADE);
                        assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
                        client.close();
                    },
                    new Outcome(End.UPGRADED, 101, null)),
            new Visit("sends nonsense", (_, client) -> client.send("NONSENSE\r\n\r\n"), refused(Refusal.BAD_SYNTAX)),
            new Visit(
                    "sends ahead",
                    (_, client) -> client.send("GET /ok HTTP/1.1\r\nHost: a.test\r\n\r\n".repeat(3)),
                    COMPLETE,
                    COMPLETE,
                    COMPLETE));

    /** What a client does on a connection of its own. */
    @FunctionalInterface
    interface Act {
        void on(Version version, RawClient client) throws IOException;
    }

    /** What a client does, and how its requests end. */
    record Visit(String name, Act act, List<Outcome> outcomes) {
        Visit(String name, Act act, Outcome... outcomes) {
            this(name, act, List.of(outcomes));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Visit sends(Asked asked, Outcome outcome) {
        return new Visit(asked.toString(), (version, client) -> version.send(client, asked), outcome);
    }

    @Provide
    Arbitrary<List<Tuple.Tuple2<Visit, Version>>> mixes() {
        return Combinators.combine(Arbitraries.of(VISITS), Arbitraries.of(Version.class))
                .as(Tuple::of)
                .list()
                .ofMaxSize(20);
    }

    @Property(tries = 30)
    void as_many_requests_end_as_heads_have_come(@ForAll("mixes") List<Tuple.Tuple2<Visit, Version>> mix)
            throws Exception {
        var ends = new Ends();
        var expected = new ArrayList<Outcome>();
        var told = new ArrayList<Outcome>();
        var clients = new ArrayList<RawClient>();
        try (var origin = new RawOrigin(EndsPropertyTest::serve);
                var proxy = new RunningProxy(UpstreamTimeouts.DEFAULT, H2C, ends)) {
            var host = Hostname.parse("a.test").orElseThrow();
            proxy.hosts(origin.port(), new Host(host, "ns", List.of(RunningProxy.route("/", List.of()))));
            for (var one : mix) {
                var client = new RawClient(proxy.http());
                clients.add(client);
                one.get1().act().on(one.get2(), client);
                expected.addAll(one.get1().outcomes());
            }
            while (told.size() < expected.size()) {
                told.add(ends.next().outcome());
            }
        }
        for (var client : clients) {
            client.close();
        }
        assertThat(told).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(ends.count()).as("what was told beyond that").isZero();
    }

    private static void serve(String head, Socket socket) throws IOException {
        var answer = switch (head.split(" ", 3)[1]) {
            case "/ok" -> "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
            case "/breaks", "/stays" -> "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhal";
            case "/chat" -> "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
            default -> "";
        };
        if (head.startsWith("POST ")) {
            socket.getInputStream().readNBytes(5);
        }
        socket.getOutputStream().write(answer.getBytes(US_ASCII));
        if (head.startsWith("GET /stays ") || head.startsWith("GET /chat ")) {
            while (socket.getInputStream().read() >= 0) {
                // until the client has left
            }
        }
    }
}
