package dev.adit.admin;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;

/** The page at {@code /}: a few files, all of them from here, so that it works where there is no internet. */
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

    void route(@Observes ManagementInterface management) {
        var router = management.router();
        serve(router, "/", "/page/index.html", HTML);
        OWN.forEach((name, type) -> serve(router, "/page/" + name, "/page/" + name, type));
        var charts = charts();
        serve(router, "/page/uplot.js", charts + "uPlot.iife.min.js", SCRIPT);
        serve(router, "/page/uplot.css", charts + "uPlot.min.css", STYLE);
    }

    /** Where the library of charts is, whichever version the build has taken. */
    private static String charts() {
        var properties = new Properties();
        try (var in = PageFiles.class.getResourceAsStream("/META-INF/maven/org.webjars.npm/uplot/pom.properties")) {
            if (in == null) {
                throw new IllegalStateException("the build left out uPlot");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "/META-INF/resources/webjars/uplot/" + properties.getProperty("version") + "/dist/";
    }

    private static void serve(Router router, String path, String resource, String type) {
        var content = content(resource);
        router.route(path)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(context ->
                        context.response().putHeader("content-type", type).end(content));
    }

    private static Buffer content(String resource) {
        try (var in = PageFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the build left out " + resource);
            }
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
