package dev.adit.translate.annotation.nginx;

import dev.adit.routing.policy.ExternalAuth;
import dev.adit.routing.policy.FieldName;
import dev.adit.routing.policy.Template;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.Fidelity;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A service that is asked about every request. */
final class ExternalAuthentication implements AnnotationFamily {
    /** In place of the zone of answers that are kept, until the route is known. */
    static final String ZONE_OF_ROUTE = "";

    private static final String URL =
            "use a URL such as http://auth.default.svc.cluster.local/check, with variables or without";
    private static final Pattern CACHE_KEY = Pattern.compile("[A-Za-z0-9_${}-]{1,256}+");
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z0-9_-]{1,256}+");
    private static final int MOST_FIELDS = 64;
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private static final Keys OWN = Keys.named("");
    /** Those of the ConfigMap, which hold for all Ingresses that say nothing of their own. */
    static final Keys GLOBAL = Keys.named("global-");

    private static final AnnotationKey<Boolean> ENABLE_GLOBAL_AUTH = key(
            "enable-global-auth",
            GoValues.TRUTH,
            "`\"false\"`: the service that the ConfigMap names in `global-auth-url` is not asked",
            "it is asked, where the Ingress names none of its own",
            GoValues::truth);

    /** The settings of one service. */
    record Keys(
            AnnotationKey<Template> url,
            AnnotationKey<String> method,
            AnnotationKey<Template> signIn,
            AnnotationKey<String> redirectParameter,
            AnnotationKey<List<FieldName>> responseFields,
            AnnotationKey<Template> requestRedirect,
            AnnotationKey<Boolean> alwaysSetCookie,
            AnnotationKey<Template> cacheKey,
            AnnotationKey<Map<Integer, Integer>> cacheDuration) {
        static Keys named(String prefix) {
            return new Keys(
                    Guards.key(
                            prefix + "auth-url",
                            URL,
                            "where to ask: a request is served where the answer is 2xx; 401 and 403 are answered to the client, and else it is"
                                    + " 500. What it is asked with is described below",
                            "nobody is asked",
                            text -> Urls.template(text).filter(url -> Urls.isAbsolute(url) && url.isKnown())),
                    Guards.manner(
                            prefix + "auth-method",
                            "use GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS",
                            "the method by which to ask",
                            "`GET`",
                            text -> Optional.of(text).filter(METHODS::contains)),
                    key(
                            prefix + "auth-signin",
                            URL,
                            "where a client is sent, by 302, to whom 401 would be answered. `rd` is added to it, with the URL that the client"
                                    + " wanted, unless it has that parameter",
                            "the client is answered 401",
                            Urls::template),
                    key(
                            prefix + "auth-signin-redirect-param",
                            "use letters, digits, hyphens and underscores",
                            "the name of that parameter",
                            "`rd`",
                            text -> Optional.of(text)
                                    .filter(one -> PARAMETER.matcher(one).matches())),
                    Guards.manner(
                            prefix + "auth-response-headers",
                            "use names of fields, with commas between them",
                            "fields of the answer that the endpoint gets, in place of what the client has sent under these names",
                            "none",
                            ExternalAuthentication::names),
                    Guards.manner(
                            prefix + "auth-request-redirect",
                            URL,
                            "what the service is told in X-Auth-Request-Redirect",
                            "the target of the request",
                            Urls::template),
                    Guards.manner(
                            prefix + "auth-always-set-cookie",
                            GoValues.TRUTH,
                            "`\"true\"`: the client gets the cookies of the answer with every status",
                            "with 200, 201, 204, 206, 301 to 304, 307 and 308",
                            GoValues::truth),
                    key(
                            prefix + "auth-cache-key",
                            "use variables and plain text, such as $http_authorization",
                            "answers are good for all requests that have the same here: a request where it is empty is asked about, and so is"
                                    + " every one where it names a variable that Adit does not know",
                            "every request is asked about",
                            text -> Optional.of(text)
                                    .filter(one -> CACHE_KEY.matcher(one).matches())
                                    .map(Template::new)
                                    .filter(key -> key.isKnown() && key.hasVariables())),
                    Guards.manner(
                            prefix + "auth-cache-duration",
                            "use statuses and a time, such as 200 202 5m, 401 30s",
                            "`200 202 5m, 401 30s`: for how long",
                            "`200 202 401 5m`",
                            CacheTimes::parse));
        }

        List<AnnotationKey<?>> all() {
            return List.of(
                    url,
                    method,
                    signIn,
                    redirectParameter,
                    responseFields,
                    requestRedirect,
                    alwaysSetCookie,
                    cacheKey,
                    cacheDuration);
        }

        Optional<ExternalAuth> read(Annotations of) {
            return of.get(url)
                    .map(where -> new ExternalAuth(
                            where,
                            of.get(method),
                            of.get(signIn)
                                    .map(page -> Urls.withReturn(
                                            page, of.get(redirectParameter).orElse("rd"))),
                            of.get(responseFields).orElse(List.of()),
                            of.get(requestRedirect),
                            of.get(alwaysSetCookie).orElse(false),
                            Map.of(),
                            of.get(cacheKey)
                                    .map(key -> new ExternalAuth.Kept(
                                            ZONE_OF_ROUTE,
                                            key,
                                            of.get(cacheDuration).orElse(CacheTimes.DEFAULT)))));
        }
    }

    // They say how ingress-nginx keeps connections to the service.
    private static final List<AnnotationKey<?>> NO_MEANING = List.of(
            noMeaning("auth-keepalive", GoValues.NUMBER, GoValues::integer),
            noMeaning("auth-keepalive-requests", GoValues.NUMBER, GoValues::integer),
            noMeaning("auth-keepalive-timeout", GoValues.NUMBER, GoValues::integer),
            noMeaning("auth-keepalive-share-vars", GoValues.TRUTH, GoValues::truth));

    @Override
    public List<AnnotationKey<?>> keys() {
        var keys = new ArrayList<AnnotationKey<?>>(OWN.all());
        keys.add(ENABLE_GLOBAL_AUTH);
        keys.addAll(NO_MEANING);
        return keys;
    }

    @Override
    public void read(Annotations of, RouteDraft into) {
        OWN.read(of)
                .or(() -> of.get(ENABLE_GLOBAL_AUTH).orElse(true) ? GLOBAL.read(of) : Optional.empty())
                .ifPresent(into::add);
    }

    private static Optional<List<FieldName>> names(String text) {
        var names = new ArrayList<FieldName>();
        for (var part : text.split(",", MOST_FIELDS + 1)) {
            if (!part.isBlank()) {
                var name = FieldName.of(part.strip());
                if (name.isEmpty()) {
                    return Optional.empty();
                }
                names.add(name.get());
            }
        }
        return Optional.of(names);
    }

    private static <T> AnnotationKey<T> key(
            String name, String allowed, String doc, String otherwise, Function<String, Optional<T>> reading) {
        return AnnotationKey.of(name, Scope.INGRESS, OnError.DEFAULT, allowed, doc, otherwise, reading);
    }

    private static <T> AnnotationKey<T> noMeaning(String name, String allowed, Function<String, Optional<T>> reading) {
        return key(
                        name,
                        allowed,
                        "no effect: connections to the service are kept as long as it lets them",
                        "no effect",
                        reading)
                .served(new Fidelity.NoMeaning());
    }
}
