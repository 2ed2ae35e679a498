package dev.adit.translate.annotation.nginx;

import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.Dialect;
import dev.adit.translate.annotation.Fidelity;
import dev.adit.translate.annotation.RouteDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the ConfigMap of ingress-nginx says for all Ingresses that say nothing else. */
public final class NginxConfigMap implements AnnotationFamily {
    static final AnnotationKey<Boolean> HSTS = Settings.key(
            "hsts",
            GoValues.TRUTH,
            "`\"false\"`: no Strict-Transport-Security",
            "answers to requests with TLS have it",
            GoValues::truth);
    static final AnnotationKey<Integer> HSTS_MAX_AGE = Settings.key(
            "hsts-max-age",
            GoValues.NUMBER,
            "its max-age, in seconds",
            "31536000",
            text -> GoValues.integer(text).filter(seconds -> seconds >= 0));
    static final AnnotationKey<Boolean> HSTS_INCLUDE_SUBDOMAINS = Settings.key(
            "hsts-include-subdomains",
            GoValues.TRUTH,
            "`\"false\"`: it is for the host alone",
            "it is for all hosts below, too",
            GoValues::truth);
    static final AnnotationKey<Boolean> HSTS_PRELOAD =
            Settings.key("hsts-preload", GoValues.TRUTH, "`\"true\"`: it has `preload`", "it has not", GoValues::truth);
    static final AnnotationKey<Integer> LIMIT_REQ_STATUS_CODE = Settings.key(
            "limit-req-status-code",
            "use a status from 400 to 599",
            "the answer to a client that asks too often",
            "503",
            text -> GoValues.integer(text).filter(status -> status >= 400 && status <= 599));
    static final AnnotationKey<Integer> LIMIT_CONN_STATUS_CODE = Settings.key(
            "limit-conn-status-code",
            "use a status from 400 to 599",
            "the answer to a client with too many requests at once, where there is no `limit-rps` and no `limit-rpm`",
            "503",
            text -> GoValues.integer(text).filter(status -> status >= 400 && status <= 599));
    static final AnnotationKey<Integer> HTTP_REDIRECT_CODE = Settings.key(
            "http-redirect-code",
            "use 301, 302, 307 or 308",
            "the status of redirects to https",
            "308",
            text -> GoValues.integer(text).filter(Set.of(301, 302, 307, 308)::contains));

    private static final String REMOVE = "Adit does not serve this setting; remove it";
    // Each keeps clients out, or may do so.
    private static final List<AnnotationKey<?>> CLOSING = Stream.of(
                    "http-snippet", "location-snippet", "server-snippet", "global-auth-snippet", "modsecurity-snippet")
            .<AnnotationKey<?>>map(name -> Guards.key(
                            name,
                            REMOVE,
                            "not served: where it is set, all Ingresses for ingress-nginx answer 503",
                            "nothing",
                            text -> Optional.of(text).filter(String::isBlank))
                    .served(new Fidelity.Refused("remove it")))
            .toList();

    private static final List<AnnotationKey<?>> SWITCHES = Stream.of(
                    "enable-modsecurity", "enable-owasp-modsecurity-crs")
            .<AnnotationKey<?>>map(name -> Guards.key(
                            name,
                            REMOVE,
                            "not served: where it is `\"true\"`, all Ingresses for ingress-nginx answer 503",
                            "off",
                            text -> GoValues.truth(text).filter(isOn -> !isOn))
                    .served(new Fidelity.Refused(
                            "put a firewall for applications in front of the Services, and remove it")))
            .toList();

    // They concern the process, and are options of the command line here.
    private static final List<AnnotationKey<?>> OPTIONS = List.of(
            elsewhere("use-proxy-protocol", "--proxy-protocol"), elsewhere("access-log-path", "--access-log-file"));

    // How nginx works inside, and what it logs.
    private static final List<AnnotationKey<?>> NO_MEANING = Stream.of(
                    "access-log-params",
                    "allow-cross-namespace-resources",
                    "brotli-level",
                    "brotli-min-length",
                    "brotli-types",
                    "default-type",
                    "disable-catch-all",
                    "disable-ipv6",
                    "disable-ipv6-dns",
                    "enable-aio-write",
                    "enable-dynamic-tls-records",
                    "enable-http3",
                    "enable-real-ip",
                    "http-access-log-path",
                    "http2-max-requests",
                    "limit-conn-zone-variable",
                    "main-snippet",
                    "nginx-status-ipv4-whitelist",
                    "nginx-status-ipv6-whitelist",
                    "proxy-http-version",
                    "proxy-max-temp-file-size",
                    "proxy-protocol-header-timeout",
                    "proxy-ssl-location-only",
                    "ssl-ecdh-curve",
                    "stream-access-log-path",
                    "stream-snippet",
                    "syslog-host",
                    "syslog-port",
                    "use-syslog",
                    "allow-snippet-annotations",
                    "annotations-risk-level",
                    "client-body-buffer-size",
                    "client-body-timeout",
                    "client-header-buffer-size",
                    "client-header-timeout",
                    "enable-access-log-for-default-backend",
                    "enable-brotli",
                    "enable-multi-accept",
                    "error-log-level",
                    "error-log-path",
                    "gzip-disable",
                    "http2-max-concurrent-streams",
                    "http2-max-field-size",
                    "http2-max-header-size",
                    "keep-alive",
                    "keep-alive-requests",
                    "large-client-header-buffers",
                    "log-format-escape-none",
                    "log-format-stream",
                    "map-hash-bucket-size",
                    "max-worker-connections",
                    "max-worker-open-files",
                    "proxy-buffer-size",
                    "proxy-buffering",
                    "proxy-buffers-number",
                    "proxy-headers-hash-bucket-size",
                    "proxy-headers-hash-max-size",
                    "proxy-request-buffering",
                    "proxy-send-timeout",
                    "proxy-stream-timeout",
                    "reuse-port",
                    "server-name-hash-bucket-size",
                    "server-name-hash-max-size",
                    "server-tokens",
                    "ssl-buffer-size",
                    "ssl-ciphers",
                    "ssl-dh-param",
                    "ssl-early-data",
                    "ssl-protocols",
                    "ssl-session-cache",
                    "ssl-session-cache-size",
                    "ssl-session-tickets",
                    "ssl-session-timeout",
                    "strict-validate-path-type",
                    "upstream-keepalive-connections",
                    "upstream-keepalive-requests",
                    "upstream-keepalive-time",
                    "upstream-keepalive-timeout",
                    "use-geoip",
                    "use-geoip2",
                    "use-http2",
                    "variables-hash-bucket-size",
                    "variables-hash-max-size",
                    "worker-cpu-affinity",
                    "worker-processes",
                    "worker-serialize-events",
                    "worker-shutdown-timeout")
            .<AnnotationKey<?>>map(
                    name -> Settings.key(name, "any text will do", "no effect", "no effect", Optional::of)
                            .served(new Fidelity.NoMeaning()))
            .toList();

    /** Of the ConfigMap. */
    public static final Dialect DIALECT = new Dialect("", Set.of(), List.of(new NginxConfigMap()));

    @Override
    public List<AnnotationKey<?>> keys() {
        var keys = new ArrayList<AnnotationKey<?>>(List.of(
                HSTS,
                HSTS_MAX_AGE,
                HSTS_INCLUDE_SUBDOMAINS,
                HSTS_PRELOAD,
                LIMIT_REQ_STATUS_CODE,
                HTTP_REDIRECT_CODE,
                Https.SSL_REDIRECT,
                Https.FORCE_SSL_REDIRECT,
                Https.PRESERVE_TRAILING_SLASH,
                Https.USE_PORT_IN_REDIRECTS,
                ErrorResponses.CUSTOM_HTTP_ERRORS,
                ErrorResponses.DISABLE_INTERCEPT,
                Bodies.PROXY_BODY_SIZE,
                ResponseRates.RATE,
                ResponseRates.AFTER,
                Timeouts.CONNECT_TIMEOUT,
                Timeouts.READ_TIMEOUT,
                NextUpstream.NEXT_UPSTREAM,
                NextUpstream.TRIES_KEY,
                NextUpstream.TIMEOUT,
                ReverseRewrites.COOKIE_PATH,
                ReverseRewrites.COOKIE_DOMAIN,
                SourceRanges.WHITELIST,
                SourceRanges.DENYLIST,
                SourceRanges.BLOCK_CIDRS,
                LoadBalancing.LOAD_BALANCE,
                LoadBalancing.SERVICE_UPSTREAM,
                LIMIT_CONN_STATUS_CODE,
                NextUpstream.NON_IDEMPOTENT));
        Stream.of(
                        AccessLogs.OF_ALL,
                        ExternalAuthentication.GLOBAL.all(),
                        FieldMaps.OF_ALL,
                        BlockedClients.OF_ALL,
                        Compressions.OF_ALL,
                        OpenLocations.OF_ALL,
                        ProxiedFields.OF_ALL,
                        ForwardedClients.OF_ALL,
                        CLOSING,
                        SWITCHES,
                        OPTIONS,
                        NO_MEANING)
                .forEach(keys::addAll);
        return keys;
    }

    @Override
    public void read(Annotations of, RouteDraft into) {}

    private static AnnotationKey<String> elsewhere(String name, String option) {
        return Settings.key(
                        name,
                        "start Adit with " + option + ", and remove it",
                        "not read: it is the option `" + option + "` of Adit",
                        "`" + option + "` decides",
                        text -> Optional.of(text).filter("false"::equals))
                .served(new Fidelity.Differs("it is the option `" + option + "`"));
    }
}
