package dev.adit.admin;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Serves the files of the page at {@code /}. All of them are in Adit itself, so that the page works without internet. */
@Singleton
class PageFiles {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";
    private static final Map<String, String> OWN = Map.of(
            "adit.js", SCRIPT,
            "elements.js", SCRIPT,
            "figures.js", SCRIPT,
            "chart.js", SCRIPT,
            "adit.css", STYLE,
            "icon.svg", "image/svg+xml");

    // Read when they are first asked for: most processes show no page, and all of them start.
    private final Map<String, Buffer> known = new ConcurrentHashMap<>();

    void route(@Observes ManagementInterface management) {
        var router = management.router();
        serve(router, "/", HTML, () -> "/page/index.html");
        OWN.forEach((name, type) -> serve(router, "/page/" + name, type, () -> "/page/" + name));
        serve(router, "/page/uplot.js", SCRIPT, () -> charts() + "uPlot.iife.min.js");
        serve(router, "/page/uplot.css", STYLE, () -> charts() + "uPlot.min.css");
        serve(router, "/api/v1/openapi.yaml", "application/yaml; charset=utf-8", () -> "/page/openapi.yaml");
    }

    /** Where the library of charts is, whichever version the build has taken. */
    private static String charts() {
        try (var in = resource("/META-INF/maven/org.webjars.npm/uplot/pom.properties")) {
            var properties = new Properties();
            properties.load(in);
            return "/META-INF/resources/webjars/uplot/" + properties.getProperty("version") + "/dist/";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Router router, String path, String type, Supplier<String> resource) {
        router.route(path)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .blockingHandler(
                        context -> context.response()
                                .putHeader("content-type", type)
                                .end(known.computeIfAbsent(path, _ -> content(resource.get()))),
                        false);
    }

    private static Buffer content(String name) {
        try (var in = resource(name)) {
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(PageFiles.class.getResourceAsStream(name), () -> "the build left out " + name);
    }
}
