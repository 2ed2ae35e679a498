package dev.adit.cli.options;

import dev.adit.kube.ObjectKey;
import dev.adit.translate.DefaultBackend;
import dev.adit.translate.GatewayPorts;
import dev.adit.translate.Placement;
import dev.adit.translate.StreamServices;
import dev.adit.translate.TranslationOptions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that decide what objects mean, for whoever serves them and whoever asks about them. */
public final class TranslationArguments {
    @Option(
            names = "--ingress-class",
            paramLabel = "NAME",
            defaultValue = "${env:ADIT_INGRESS_CLASS:-" + TranslationOptions.CLASS + "}",
            description = "IngressClass to serve [ADIT_INGRESS_CLASS; default: " + TranslationOptions.CLASS + "]")
    private String ingressClass = "";

    @Option(
            names = "--default-backend",
            paramLabel = "NS/NAME[:PORT]",
            defaultValue = "${env:ADIT_DEFAULT_BACKEND:-" + Option.NULL_VALUE + "}",
            converter = DefaultBackendConverter.class,
            description =
                    "Service for requests that match no Ingress [ADIT_DEFAULT_BACKEND; default: none, answer 404]")
    private @Nullable DefaultBackend defaultBackend;

    @Option(
            names = "--ssl-redirect",
            defaultValue = "${env:ADIT_SSL_REDIRECT:-false}",
            description = "Redirect HTTP requests for hosts of spec.tls to HTTPS, unless an annotation says otherwise"
                    + " [ADIT_SSL_REDIRECT; default: false]")
    private boolean sslRedirect;

    @Option(
            names = "--external-names",
            defaultValue = "${env:ADIT_EXTERNAL_NAMES:-false}",
            description =
                    "Serve Services of type ExternalName. Everyone who can create a Service can then make Adit send"
                            + " requests to any host [ADIT_EXTERNAL_NAMES; default: false]")
    private boolean externalNames;

    @Option(
            names = "--foreign-annotations",
            paramLabel = "close|ignore",
            defaultValue = "${env:ADIT_FOREIGN_ANNOTATIONS:-close}",
            description = "What an annotation for another controller does that keeps clients out there, such as"
                    + " nginx.ingress.kubernetes.io/auth-url: close has the paths of its Ingress answer 503; with ignore they"
                    + " are open to everybody [ADIT_FOREIGN_ANNOTATIONS; default: close]")
    private ForeignChoice foreign = ForeignChoice.close;

    /** By the words of the command line. */
    private enum ForeignChoice {
        close,
        ignore
    }

    @Option(
            names = "--ingress-nginx",
            defaultValue = "${env:ADIT_INGRESS_NGINX:-false}",
            description =
                    "Serve the Ingresses for ingress-nginx too, as it would: those of IngressClasses of controller "
                            + TranslationOptions.INGRESS_NGINX_CONTROLLER
                            + ", and of the annotation kubernetes.io/ingress.class: nginx."
                            + " Their nginx.ingress.kubernetes.io annotations are read [ADIT_INGRESS_NGINX; default: false]")
    private boolean ingressNginx;

    @Option(
            names = "--watch-ingress-without-class",
            defaultValue = "${env:ADIT_WATCH_INGRESS_WITHOUT_CLASS:-false}",
            description = "With --ingress-nginx, serve Ingresses that name no class in the same way"
                    + " [ADIT_WATCH_INGRESS_WITHOUT_CLASS; default: false]")
    private boolean withoutClass;

    @Option(
            names = "--configmap",
            paramLabel = "NS/NAME",
            defaultValue = "${env:ADIT_CONFIGMAP:-" + Option.NULL_VALUE + "}",
            converter = ObjectKeyConverter.class,
            description =
                    "With --ingress-nginx, the ConfigMap of ingress-nginx, with what holds for its Ingresses where they say"
                            + " nothing else [ADIT_CONFIGMAP; default: none]")
    private @Nullable ObjectKey configMap;

    @Option(
            names = "--tcp-services-configmap",
            paramLabel = "NS/NAME",
            defaultValue = "${env:ADIT_TCP_SERVICES_CONFIGMAP:-" + Option.NULL_VALUE + "}",
            converter = ObjectKeyConverter.class,
            description = "ConfigMap of ports whose connections go to a Service as they are, as in ingress-nginx:"
                    + " 9000: default/postgres:5432 [ADIT_TCP_SERVICES_CONFIGMAP; default: none]")
    private @Nullable ObjectKey tcpServices;

    @Option(
            names = "--udp-services-configmap",
            paramLabel = "NS/NAME",
            defaultValue = "${env:ADIT_UDP_SERVICES_CONFIGMAP:-" + Option.NULL_VALUE + "}",
            converter = ObjectKeyConverter.class,
            description = "The same for UDP, which is not served: each of its ports is reported"
                    + " [ADIT_UDP_SERVICES_CONFIGMAP; default: none]")
    private @Nullable ObjectKey udpServices;

    @Option(
            names = "--gateway-addresses",
            paramLabel = "shared|service",
            defaultValue = "${env:ADIT_GATEWAY_ADDRESSES:-shared}",
            description =
                    "Where Gateways are reached: shared, at the addresses and ports of Adit; service, each by a Service"
                            + " of type LoadBalancer, which Adit makes in its own namespace [ADIT_GATEWAY_ADDRESSES; default: shared]")
    private GatewayChoice gateways = GatewayChoice.shared;

    /** By the words of the command line. */
    private enum GatewayChoice {
        shared(GatewayPorts.Mode.SHARED),
        service(GatewayPorts.Mode.SERVICE);

        private final GatewayPorts.Mode mode;

        GatewayChoice(GatewayPorts.Mode mode) {
            this.mode = mode;
        }
    }

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            defaultValue = "${env:ADIT_ZONE:-}",
            description = "Zone of this instance, for Services with topology hints [ADIT_ZONE; default: none]")
    private String zone = "";

    @Option(
            names = "--node",
            paramLabel = "NODE",
            defaultValue = "${env:ADIT_NODE:-}",
            description = "Node of this instance, for Services with topology hints [ADIT_NODE; default: none]")
    private String node = "";

    public String ingressClass() {
        return ingressClass;
    }

    /**
     * All of them.
     *
     * @param namespace where the ConfigMap is that an IngressClass names without a namespace
     * @param maxTarget the longest target that a request can have
     */
    public TranslationOptions options(String namespace, int maxTarget) {
        return new TranslationOptions(
                ingressClass,
                Optional.ofNullable(defaultBackend),
                sslRedirect,
                new Placement(zone, node),
                namespace,
                externalNames,
                maxTarget,
                foreign == ForeignChoice.ignore,
                ingressNginx(),
                configMap(),
                new GatewayPorts(gateways.mode, Set.of()),
                new StreamServices(Optional.ofNullable(tcpServices), Optional.ofNullable(udpServices)));
    }

    boolean givesServicesToGateways() {
        return gateways == GatewayChoice.service;
    }

    /** The ConfigMap of ingress-nginx, where one is to be read. */
    public Optional<ObjectKey> configMap() {
        return Optional.ofNullable(configMap);
    }

    private TranslationOptions.IngressNginx ingressNginx() {
        if (!ingressNginx) {
            return TranslationOptions.IngressNginx.NONE;
        }
        return withoutClass ? TranslationOptions.IngressNginx.CLASS_OR_NONE : TranslationOptions.IngressNginx.CLASS;
    }
}
