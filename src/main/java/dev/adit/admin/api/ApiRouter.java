package dev.adit.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.adit.control.ChangeLog;
import dev.adit.control.ControlView;
import dev.adit.explain.JsonText;
import dev.adit.observe.TrafficMeters;
import dev.adit.observe.statistics.Statistics;
import io.quarkus.runtime.annotations.CommandLineArguments;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** {@code /api/v1/}: everything that the page shows, as JSON. Answers come from worker threads, never from event loops. */
@Singleton
class ApiRouter {
    private static final String ROOT = "/api/v1/";
    private static final String JSON = "application/json";
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final Map<String, Function<Query, ? extends JsonNode>> resources = new TreeMap<>();

    ApiRouter(
            ControlView control,
            ChangeLog log,
            Statistics statistics,
            TrafficMeters traffic,
            @CommandLineArguments String[] arguments) {
        var clock = Clock.systemUTC();
        var overview = new OverviewResource(control, statistics, traffic, clock);
        var routes = new RoutesResource(control, statistics, traffic);
        var endpoints = new EndpointsResource(control, statistics, traffic);
        var controls = new ControlResources(control, log, clock);
        resources.put("overview", _ -> overview.get());
        resources.put(
                "trend",
                query -> SignalsJson.trend(statistics.trend().stream()
                        .filter(point -> point.at().getEpochSecond() > query.after())
                        .toList()));
        resources.put("routes", routes::get);
        resources.put("endpoints", endpoints::get);
        resources.put("certificates", _ -> controls.certificates());
        resources.put("problems", controls::problems);
        resources.put("gateways", _ -> controls.gateways());
        resources.put("changes", _ -> controls.changes());
        resources.put("requests", _ -> {
            var json = JsonNodeFactory.instance.objectNode().put("statistics", statistics.isRunning());
            json.set("failed", SignalsJson.requests(statistics.failed()));
            json.set("slowest", SignalsJson.requests(statistics.slowest()));
            return json;
        });
        var process = new ProcessJson(List.of(arguments));
        resources.put("process", _ -> process.get());
    }

    Map<String, Function<Query, ? extends JsonNode>> resources() {
        return resources;
    }

    void route(@Observes ManagementInterface management) {
        var router = management.router();
        resources.forEach((name, resource) -> serve(router, name, resource));
        router.route("/api/*").last().handler(context -> answer(context, NOT_FOUND, "see " + ROOT + "openapi.yaml"));
    }

    private static void serve(Router router, String name, Function<Query, ? extends JsonNode> resource) {
        router.route(ROOT + name)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .blockingHandler(
                        context -> {
                            try {
                                var json = JsonText.of(resource.apply(new Query(context.queryParams())));
                                context.response()
                                        .putHeader("content-type", JSON)
                                        .end(json);
                            } catch (IllegalArgumentException | HttpException e) { // such as a % that escapes nothing
                                answer(context, BAD_REQUEST, String.valueOf(e.getMessage()));
                            }
                        },
                        false);
    }

    private static void answer(RoutingContext context, int status, String error) {
        var json = JsonNodeFactory.instance.objectNode().put("error", error);
        context.response().setStatusCode(status).putHeader("content-type", JSON).end(JsonText.of(json));
    }
}
