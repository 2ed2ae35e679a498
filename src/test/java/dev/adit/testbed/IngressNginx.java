package dev.adit.testbed;

import dev.adit.cli.options.TranslationArguments;
import dev.adit.observe.ExchangeObserver;
import dev.adit.translate.TranslationOptions;
import java.io.IOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Ingresses for ingress-nginx, and Adit with {@code --ingress-nginx}. */
public final class IngressNginx {
    private static final String CONFIGMAP = "--configmap=ingress-nginx/settings";
    private static final String PREFIX = "nginx.ingress.kubernetes.io/";
    /** The IngressClass of ingress-nginx, and the end of its document. */
    public static final String CLASS = """
            apiVersion: networking.k8s.io/v1
            kind: IngressClass
            metadata: {name: nginx}
            spec: {controller: k8s.io/ingress-nginx}
            ---
            """;

    private IngressNginx() {}

    /**
     * Serves an Ingress of everything at a.test to port 80 of the Service web.
     *
     * @param annotations the first without its prefix, others with {@code {}} in its place
     * @param port of the one endpoint of web, on this machine
     */
    public static Adit serving(String annotations, int port) {
        return serving(annotations, port, "");
    }

    /** The same with more manifests, and options of the command line. */
    public static Adit serving(String annotations, int port, String more, String... options) {
        return Adit.serving(manifests(PREFIX + annotations.replace("{}", PREFIX), port) + more, options(options));
    }

    private static String manifests(String annotations, int port) {
        var ingress = Adit.ingress(annotations).replace("rules:", "ingressClassName: nginx\n  rules:");
        return CLASS + ingress + Adit.service("web", port);
    }

    /** The same with the ConfigMap of ingress-nginx, and what it says. */
    public static Adit configured(String annotations, int port, String settings, String... more) {
        return serving(annotations, port, String.join("", more) + configMap(settings), CONFIGMAP);
    }

    /** The same without annotations, and an observer of every request. */
    public static Adit configured(int port, String settings, ExchangeObserver observer) {
        return Adit.serving(manifests("", port) + configMap(settings), options(CONFIGMAP), observer);
    }

    private static String configMap(String settings) {
        return """
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings, namespace: ingress-nginx}
                data: {%s}
                """.formatted(settings);
    }

    /** Asks for something at a.test; fields are written with a semicolon between them, and null is none. */
    public static Reply ask(Adit adit, String line, @Nullable String fields) throws IOException {
        var lines = fields == null ? "" : fields.replace("; ", "\r\n") + "\r\n";
        return adit.send(line + " HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n" + lines + "\r\n");
    }

    /** One more endpoint of a Service, on this machine. */
    public static String endpoint(String service, int port) {
        return """
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: %1$s-%2$d, labels: {kubernetes.io/service-name: %1$s}}
                addressType: IPv4
                ports: [{name: http, port: %2$d}]
                endpoints: [{addresses: [127.0.0.1]}]
                """.formatted(service, port);
    }

    /** Those of the command line, and the one that is always there. */
    public static TranslationOptions options(String... more) {
        var arguments = new TranslationArguments();
        new CommandLine(arguments)
                .parseArgs(Stream.concat(Stream.of("--ingress-nginx"), Stream.of(more))
                        .toArray(String[]::new));
        return arguments.options(TranslationOptions.NAMESPACE, TranslationOptions.MAX_TARGET);
    }
}
