package dev.adit.kube.kind;

import static dev.adit.kube.kind.Fields.optional;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.GatewayRoute;
import dev.adit.kube.HttpRoute;
import dev.adit.kube.HttpRoute.Filter;
import dev.adit.kube.HttpRoute.PathModifier;
import dev.adit.kube.HttpRoute.Rule;
import dev.adit.kube.HttpRoute.ValueMatch;
import java.util.List;
import java.util.Optional;

/** The rules of an HTTPRoute as the API has them. */
final class HttpRouteRules {
    private HttpRouteRules() {}

    static void write(ObjectNode json, Rule rule) {
        var matches = json.putArray("matches");
        for (var match : rule.matches()) {
            var written = matches.addObject();
            written.putObject("path").put("type", match.pathType()).put("value", match.path());
            optional(written, "method", match.method());
            values(written.putArray("headers"), match.headers());
            values(written.putArray("queryParams"), match.query());
        }
        writeRest(json, rule.filters(), rule.backends());
        if (!rule.requestTimeout().isEmpty() || !rule.backendTimeout().isEmpty()) {
            var times = json.putObject("timeouts");
            optional(times, "request", rule.requestTimeout());
            optional(times, "backendRequest", rule.backendTimeout());
        }
        rule.retry().ifPresent(retry -> {
            var written = json.putObject("retry");
            retry.codes().forEach(written.putArray("codes")::add);
            retry.attempts().ifPresent(attempts -> written.put("attempts", attempts));
            optional(written, "backoff", retry.backoff());
        });
        write(json, rule.session());
    }

    static void write(ObjectNode json, Optional<HttpRoute.Session> session) {
        session.ifPresent(one -> {
            var written = json.putObject("sessionPersistence").put("type", one.type());
            optional(written, "sessionName", one.name());
            optional(written, "absoluteTimeout", one.timeout());
            optional(written, "idleTimeout", one.idle());
            written.putObject("cookieConfig").put("lifetimeType", one.lifetime());
        });
    }

    static void writeRest(ObjectNode json, List<Filter> filters, List<HttpRoute.Backend> all) {
        filters.forEach(filter -> write(array(json, "filters").addObject(), filter));
        var backends = json.putArray("backendRefs");
        for (var backend : all) {
            var written =
                    References.write(backends.addObject(), backend.object()).put("weight", backend.weight());
            backend.port().ifPresent(port -> written.put("port", port));
            backend.filters().forEach(filter -> write(array(written, "filters").addObject(), filter));
        }
    }

    /** What every kind of routes begins with. */
    static void writeParents(ObjectNode spec, GatewayRoute source) {
        var parents = spec.putArray("parentRefs");
        for (var parent : source.parents()) {
            var written = References.write(parents.addObject(), parent.object());
            optional(written, "sectionName", parent.sectionName());
            parent.port().ifPresent(port -> written.put("port", port));
        }
        source.hostnames().forEach(spec.putArray("hostnames")::add);
    }

    private static ArrayNode array(ObjectNode json, String field) {
        return json.withArray(field);
    }

    static void values(ArrayNode json, List<ValueMatch> values) {
        values.forEach(value -> json.addObject()
                .put("type", value.type())
                .put("name", value.name())
                .put("value", value.value()));
    }

    private static void write(ObjectNode json, Filter filter) {
        switch (filter) {
            case Filter.Fields fields -> {
                var name = fields.ofRequests() ? "RequestHeaderModifier" : "ResponseHeaderModifier";
                var written = json.put("type", name)
                        .putObject(fields.ofRequests() ? "requestHeaderModifier" : "responseHeaderModifier");
                fields(written.putArray("set"), fields.set());
                fields(written.putArray("add"), fields.add());
                fields.remove().forEach(written.putArray("remove")::add);
            }
            case Filter.Redirect(var scheme, var hostname, var path, var port, var status) -> {
                var written = json.put("type", "RequestRedirect")
                        .putObject("requestRedirect")
                        .put("statusCode", status);
                optional(written, "scheme", scheme);
                optional(written, "hostname", hostname);
                path(written, path);
                port.ifPresent(number -> written.put("port", number));
            }
            case Filter.Rewrite(var hostname, var path) -> {
                var written = json.put("type", "URLRewrite").putObject("urlRewrite");
                optional(written, "hostname", hostname);
                path(written, path);
            }
            case Filter.Mirror(var object, var port, var numerator, var denominator) -> {
                var written = json.put("type", "RequestMirror").putObject("requestMirror");
                var backend = References.write(written.putObject("backendRef"), object);
                port.ifPresent(number -> backend.put("port", number));
                if (numerator != denominator) {
                    written.putObject("fraction").put("numerator", numerator).put("denominator", denominator);
                }
            }
            case Filter.Cors cors -> {
                var written = json.put("type", "CORS").putObject("cors");
                cors.origins().forEach(written.putArray("allowOrigins")::add);
                written.put("allowCredentials", cors.allowsCredentials());
                cors.methods().forEach(written.putArray("allowMethods")::add);
                cors.headers().forEach(written.putArray("allowHeaders")::add);
                cors.exposed().forEach(written.putArray("exposeHeaders")::add);
                cors.maxAge().ifPresent(age -> written.put("maxAge", age));
            }
            case Filter.Other(var type) -> json.put("type", type);
        }
    }

    private static void fields(ArrayNode json, List<HttpRoute.Field> fields) {
        fields.forEach(field -> json.addObject().put("name", field.name()).put("value", field.value()));
    }

    private static void path(ObjectNode json, Optional<PathModifier> path) {
        path.ifPresent(modifier -> {
            var field = modifier.type().equals("ReplaceFullPath") ? "replaceFullPath" : "replacePrefixMatch";
            json.putObject("path").put("type", modifier.type()).put(field, modifier.value());
        });
    }
}
