package dev.adit.admin;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Stands before the page, its API, {@code /routes}, {@code /certificates} and {@code /explain}: asks for the token where there is one, refuses every
 * method that could change something, and keeps the pages of other sites from reading them. Probes and metrics pass without a token.
 */
@Singleton
public class ManagementAccess {
    private static final List<String> PATHS = List.of("/", "/page/*", "/api/*", "/routes", "/explain", "/certificates");
    private static final int FIRST = Integer.MIN_VALUE;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;
    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    // A site that gives its own name our address would be read by its own pages (DNS rebinding); none can own these
    // names.
    private static final Pattern LOCAL_NAME =
            Pattern.compile("[0-9.]+|\\[[0-9a-f:.%]+]|[a-z0-9_-]+|(?:[a-z0-9_-]+\\.)+(?:localhost|svc|local|internal)");

    // Closed until it is known whether a token is asked for.
    private volatile boolean isOpen;
    private volatile Optional<TokenFile> token = Optional.empty();

    /** Asks for what is in this file, which is read again for each request: tokens are rotated. */
    public void require(Optional<Path> file) {
        token = file.map(TokenFile::new);
        token.ifPresent(TokenFile::check);
        isOpen = true;
    }

    void route(@Observes ManagementInterface management) {
        var router = management.router();
        router.route().order(FIRST).handler(ManagementAccess::keepApart);
        PATHS.forEach(path -> router.route(path).order(FIRST).handler(this::admit));
    }

    /** Quarkus allows the pages of all sites to read this port. */
    private static void keepApart(RoutingContext context) {
        context.response().headers().remove("access-control-allow-origin").remove("access-control-allow-credentials");
        context.next();
    }

    private void admit(RoutingContext context) {
        var response = context.response();
        response.putHeader("content-security-policy", POLICY)
                .putHeader("x-content-type-options", "nosniff")
                .putHeader("x-frame-options", "DENY")
                .putHeader("referrer-policy", "no-referrer")
                .putHeader("cache-control", "no-store");
        var asked = token;
        if (!METHODS.contains(context.request().method())) {
            refuse(response.putHeader("allow", "GET, HEAD"), METHOD_NOT_ALLOWED, "nothing can be changed here");
        } else if (!isOpen) {
            refuse(response, UNAVAILABLE, "Adit is starting");
        } else if (asked.isPresent()) {
            admit(context, asked.get());
        } else if (isLocal(context)) {
            context.next();
        } else {
            refuse(
                    response,
                    FORBIDDEN,
                    "without --management-token-file this is shown by address, as localhost and by names within a cluster only");
        }
    }

    private static boolean isLocal(RoutingContext context) {
        var authority = context.request().authority();
        return authority == null
                || LOCAL_NAME.matcher(authority.host().toLowerCase(Locale.ROOT)).matches();
    }

    private static void admit(RoutingContext context, TokenFile file) {
        var shown = context.request().getHeader("authorization");
        context.vertx().executeBlocking(() -> file.isShownBy(shown), false).onComplete(asked -> {
            if (asked.succeeded() && asked.result()) {
                context.next();
            } else {
                var response = context.response().putHeader("www-authenticate", "Basic realm=\"Adit\"");
                refuse(response, UNAUTHORIZED, "give the token that this Adit asks for");
            }
        });
    }

    private static void refuse(HttpServerResponse response, int status, String why) {
        response.setStatusCode(status)
                .putHeader("content-type", "text/plain; charset=utf-8")
                .end(why + "\n");
    }
}
