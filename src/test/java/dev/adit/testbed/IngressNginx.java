package dev.adit.testbed;

import dev.adit.cli.options.TranslationArguments;
import dev.adit.translate.TranslationOptions;
import picocli.CommandLine;

/** Ingresses for ingress-nginx, and Adit with {@code --ingress-nginx}. */
public final class IngressNginx {
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

    /** The same with more manifests. */
    public static Adit serving(String annotations, int port, String more) {
        var ingress = Adit.ingress(PREFIX + annotations.replace("{}", PREFIX))
                .replace("rules:", "ingressClassName: nginx\n  rules:");
        return Adit.serving(CLASS + ingress + Adit.service("web", port) + more, options());
    }

    public static TranslationOptions options() {
        var arguments = new TranslationArguments();
        new CommandLine(arguments).parseArgs("--ingress-nginx");
        return arguments.options(TranslationOptions.NAMESPACE, TranslationOptions.MAX_TARGET);
    }
}
