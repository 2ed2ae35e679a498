package dev.adit.admin;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the page, its API, {@code /routes} and {@code /explain}: asks for the token where there is one, refuses every
 * method that could change something, and tells browsers to load nothing from elsewhere. Probes and metrics pass without it.
 */
@Singleton
public class ManagementAccess {
    private static final Logger LOG = Logger.getLogger("dev.adit");
    private static final List<String> PATHS = List.of("/", "/page/*", "/api/*", "/routes", "/explain", "/certificates");
    private static final int FIRST = Integer.MIN_VALUE;
    private static final int UNAUTHORIZED = 401;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private volatile Optional<Path> tokenFile = Optional.empty();

    /** Asks for what is in this file, which is read again for each request: tokens are rotated. */
    public void require(Optional<Path> file) {
        tokenFile = file;
    }

    void route(@Observes ManagementInterface management) {
        PATHS.forEach(path -> management.router().route(path).order(FIRST).handler(this::admit));
    }

    private void admit(RoutingContext context) {
        var response = context.response();
        response.putHeader("content-security-policy", POLICY)
                .putHeader("x-content-type-options", "nosniff")
                .putHeader("x-frame-options", "DENY")
                .putHeader("referrer-policy", "no-referrer")
                .putHeader("cache-control", "no-store");
        var method = context.request().method().name();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            refuse(response.putHeader("allow", "GET, HEAD"), METHOD_NOT_ALLOWED, "nothing can be changed here");
        } else if (tokenFile.isEmpty()) {
            context.next();
        } else {
            admit(context, tokenFile.get());
        }
    }

    private void admit(RoutingContext context, Path file) {
        var shown = context.request().getHeader("authorization");
        context.vertx().executeBlocking(() -> isToken(shown, file), false).onComplete(asked -> {
            if (asked.succeeded() && asked.result()) {
                context.next();
            } else {
                var response = context.response().putHeader("www-authenticate", "Basic realm=\"Adit\"");
                refuse(response, UNAUTHORIZED, "show the token of --management-token-file");
            }
        });
    }

    /** False where the file cannot be read or is empty: access never fails open. */
    private static boolean isToken(@Nullable String authorization, Path file) {
        try {
            var token = Files.readString(file).strip();
            return !token.isEmpty()
                    && MessageDigest.isEqual(
                            token.getBytes(StandardCharsets.UTF_8),
                            shown(authorization).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.warnf(
                    "--management-token-file: '%s' cannot be read: %s. The page and its API are closed until it can",
                    file, e);
            return false;
        }
    }

    /** The token of a program, or the password that a browser asked for; the name of the user does not matter. */
    private static String shown(@Nullable String authorization) {
        if (authorization == null) {
            return "";
        }
        if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return authorization.substring(BEARER.length()).strip();
        }
        if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return "";
        }
        try {
            var credentials = Base64.getDecoder()
                    .decode(authorization.substring(BASIC.length()).strip());
            var text = new String(credentials, StandardCharsets.UTF_8);
            return text.substring(text.indexOf(':') + 1);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    private static void refuse(HttpServerResponse response, int status, String why) {
        response.setStatusCode(status)
                .putHeader("content-type", "text/plain; charset=utf-8")
                .end(why + "\n");
    }
}
