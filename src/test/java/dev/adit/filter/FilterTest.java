package dev.adit.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.PathMatch;
import dev.adit.routing.Route;
import dev.adit.routing.RouteMatch;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.policy.Policy;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.EndpointTable;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.routing.upstream.UpstreamPolicy;
import dev.adit.testbed.WireTest;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One route with policies, and what its endpoint sees. */
abstract class FilterTest extends WireTest {
    static final UpstreamId MIRROR = new UpstreamId("ns", "mirror", "", 80);
    private static final UpstreamId UPSTREAM = new UpstreamId("ns", "web", "", 80);

    final BlockingQueue<HttpServerRequest> requests = new LinkedBlockingQueue<>();
    private int mirror;

    /** Sends what the path matches to an endpoint that says what it was asked for. */
    void route(PathMatch path, Policy... policies) throws Exception {
        route(
                path,
                request -> {
                    requests.add(request);
                    request.response().end(request.authority() + " " + request.uri());
                },
                policies);
    }

    void route(PathMatch path, Handler<HttpServerRequest> handler, Policy... policies) throws Exception {
        var action = new Route.Action.Forward(UPSTREAM, UpstreamPolicy.DEFAULT);
        var route =
                new Route(RouteMatch.of(path), Arrays.asList(policies), action, new RouteOrigin("ns", "web", "spec"));
        var table = new RoutingTable(List.of(new Host(Hostname.ANY, "ns", List.of(route))), List.of());
        var port = wire.listen(versions.endpoint().server(), handler);
        var endpoints = Map.of(UPSTREAM, endpoint(port), MIRROR, endpoint(mirror));
        wire.proxy().publish(table, new EndpointTable(endpoints));
    }

    /** The endpoint of {@link #MIRROR} in routes that follow. */
    void mirror(int port) {
        mirror = port;
    }

    HttpServerRequest next() throws InterruptedException {
        var request = requests.poll(10, TimeUnit.SECONDS);
        assertThat(request).as("a request at the endpoint").isNotNull();
        return request;
    }

    private static List<Endpoint> endpoint(int port) {
        return port == 0 ? List.of() : List.of(new Endpoint("127.0.0.1", port));
    }
}
