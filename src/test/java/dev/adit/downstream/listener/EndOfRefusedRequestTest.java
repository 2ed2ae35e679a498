package dev.adit.downstream.listener;

import static dev.adit.downstream.listener.EndOfRequestTest.ORIGIN;
import static dev.adit.downstream.listener.EndOfRequestTest.bytes;
import static dev.adit.downstream.listener.EndOfRequestTest.nameOf;
import static dev.adit.downstream.listener.EndOfRequestTest.refused;
import static dev.adit.downstream.listener.Version.Asked.get;
import static dev.adit.downstream.listener.Version.Asked.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.downstream.listener.Ends.Bytes;
import dev.adit.downstream.listener.Ends.Outcome;
import dev.adit.downstream.listener.Version.Asked;
import dev.adit.exchange.UpstreamTimeouts;
import dev.adit.http.Refusal;
import dev.adit.observe.End;
import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.policy.BodyLimit;
import dev.adit.routing.policy.Policy;
import dev.adit.routing.policy.Redirect;
import dev.adit.testbed.RunningProxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How requests end that reach no endpoint. */
class EndOfRefusedRequestTest {
    private final Ends ends = new Ends();
    private final RunningProxy proxy = new RunningProxy(UpstreamTimeouts.DEFAULT, EndOfRequestTest.H2C, ends);

    @AfterEach
    void close() throws Exception {
        proxy.close();
    }

    static Stream<Arguments> refusedByTheirHeads() {
        return eachVersion(
                Arguments.of(Refusal.NO_ROUTE, get("/").to("b.test"), "b.test"),
                Arguments.of(Refusal.BAD_HOST, get("/").to("a/b"), "a/b"),
                Arguments.of(Refusal.BAD_TARGET, get("/%zz"), "a.test"),
                Arguments.of(Refusal.LOOP, get("/").with("via=" + "1.1 adit, ".repeat(30) + "1.1 adit"), "a.test"),
                Arguments.of(
                        Refusal.FIELDS_TOO_LARGE,
                        get("/").with(Collections.nCopies(101, "x=1").toArray(String[]::new)),
                        "a.test"),
                Arguments.of(Refusal.METHOD_NOT_SUPPORTED, get("/").by("TRACE"), "a.test"));
    }

    @ParameterizedTest
    @MethodSource("refusedByTheirHeads")
    void a_request_without_a_route_ends_with_its_refusal(Version version, Refusal reason, Asked asked, String host)
            throws Exception {
        route(1, List.of());
        var told = askedOnce(version, asked);
        assertThat(told.outcome()).isEqualTo(refused(reason));
        assertThat(told.bytes()).isEqualTo(new Bytes(0, bytes(reason)));
        assertThat(told.asked())
                .isEqualTo(
                        new Ends.Asked("127.0.0.1", false, asked.method(), host, host, asked.path(), nameOf(version)));
        assertThat(told.origin()).isNull();
        assertThat(told.attempts()).isZero();
        assertThat(told.hasHead()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void a_request_that_comes_before_the_routes_is_refused(Version version) throws Exception {
        assertThat(askedOnce(version, get("/")).outcome()).isEqualTo(refused(Refusal.NOT_READY));
    }

    @ParameterizedTest
    @EnumSource
    void options_for_adit_itself_are_answered(Version version) throws Exception {
        route(1, List.of());
        var told = askedOnce(version, get("*").by("OPTIONS"));
        assertThat(told.outcome()).isEqualTo(new Outcome(End.ANSWERED, 200, null));
    }

    static Stream<Arguments> answeredByFilters() {
        var redirect =
                new Redirect(Optional.empty(), Optional.of("b.test"), OptionalInt.empty(), Optional.empty(), 302);
        return eachVersion(
                Arguments.of(redirect, new Outcome(End.ANSWERED, 302, null)),
                Arguments.of(new BodyLimit(2), refused(Refusal.BODY_TOO_LARGE)));
    }

    @ParameterizedTest
    @MethodSource("answeredByFilters")
    void a_request_that_a_filter_answers_has_a_route_and_no_endpoint(Version version, Policy policy, Outcome outcome)
            throws Exception {
        route(1, List.of(policy));
        var told = askedOnce(version, post("/", "three"));
        assertThat(told.outcome()).isEqualTo(outcome);
        assertThat(told.origin()).isEqualTo(ORIGIN);
        assertThat(told.endpoint()).isNull();
        assertThat(told.attempts()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void a_route_without_endpoints_refuses(Version version) throws Exception {
        proxy.route();
        var told = askedOnce(version, get("/"));
        assertThat(told.outcome()).isEqualTo(refused(Refusal.NO_ENDPOINT));
        assertThat(told.bytes()).isEqualTo(new Bytes(0, bytes(Refusal.NO_ENDPOINT)));
        assertThat(told.origin()).isEqualTo(ORIGIN);
    }

    private Ends.Told askedOnce(Version version, Asked asked) throws Exception {
        return ends.ofOne(version, asked, proxy);
    }

    private void route(int port, List<Policy> policies) {
        var host = Hostname.parse("a.test").orElseThrow();
        proxy.hosts(port, new Host(host, "ns", List.of(RunningProxy.route("/", policies))));
    }

    private static Stream<Arguments> eachVersion(Arguments... cases) {
        return Arrays.stream(Version.values())
                .flatMap(version -> Arrays.stream(cases)
                        .map(one -> Arguments.of(Stream.concat(Stream.of(version), Arrays.stream(one.get()))
                                .toArray())));
    }
}
