package dev.adit.translate;

import dev.adit.kube.IngressClass;
import dev.adit.kube.ObjectKey;
import java.util.Optional;

/**
 * The settings that change what a snapshot means.
 *
 * @param ingressClass the one IngressClass that this instance serves
 * @param defaultBackend for requests that nothing else takes
 * @param redirectsToHttps whether plain requests to hosts of {@code spec.tls} are sent to https, unless an Ingress says
 *     otherwise
 * @param location for Services that keep their traffic near
 * @param externalNames whether Services of type ExternalName are served
 * @param ownNamespace where the ConfigMap is that an IngressClass names without a namespace
 * @param maxTarget the longest target that a request can have, and so the longest path that is of use
 * @param ignoresForeignAnnotations whether annotations for other controllers are ignored that keep clients out there; else they
 *     close their Ingress
 * @param ingressNginx which Ingresses for ingress-nginx are served
 * @param configMap what holds for all of those that say nothing else
 * @param gateways where the listeners of Gateways are
 * @param streams what other ports lead to
 */
public record TranslationOptions(
        String ingressClass,
        Optional<DefaultBackend> defaultBackend,
        boolean redirectsToHttps,
        Placement location,
        String ownNamespace,
        boolean externalNames,
        int maxTarget,
        boolean ignoresForeignAnnotations,
        IngressNginx ingressNginx,
        Optional<ObjectKey> configMap,
        GatewayPorts gateways,
        StreamServices streams) {

    /** Which Ingresses for ingress-nginx are served, as it would serve them. */
    public enum IngressNginx {
        NONE,
        /** Those of the IngressClasses of {@link #INGRESS_NGINX_CONTROLLER}, and of the annotation {@code nginx}. */
        CLASS,
        /** Those that name no class as well. */
        CLASS_OR_NONE
    }

    /** Of requests, where nobody says otherwise. */
    public static final int MAX_TARGET = 16_384;

    /** Of objects that name none. */
    public static final String NAMESPACE = "default";

    /** With every default. */
    public static TranslationOptions of(String ingressClass) {
        return new TranslationOptions(
                ingressClass,
                Optional.empty(),
                false,
                Placement.UNKNOWN,
                NAMESPACE,
                false,
                MAX_TARGET,
                false,
                IngressNginx.NONE,
                Optional.empty(),
                GatewayPorts.SHARED,
                StreamServices.NONE);
    }

    /** The same for a controller that runs in a cluster. */
    public TranslationOptions within(String namespace) {
        return with(namespace, ingressNginx, configMap, gateways);
    }

    /** The same with other places for the listeners of Gateways. */
    public TranslationOptions with(GatewayPorts ports) {
        return with(ownNamespace, ingressNginx, configMap, ports);
    }

    /**
     * The same, with Ingresses for ingress-nginx among those that are served.
     *
     * @param ofIngressNginx the ConfigMap, if there is one
     */
    public TranslationOptions servingIngressNginx(Optional<ObjectKey> ofIngressNginx) {
        var served = ingressNginx == IngressNginx.NONE ? IngressNginx.CLASS : ingressNginx;
        return with(ownNamespace, served, ofIngressNginx, gateways);
    }

    private TranslationOptions with(
            String namespace, IngressNginx served, Optional<ObjectKey> ofIngressNginx, GatewayPorts ports) {
        return new TranslationOptions(
                ingressClass,
                defaultBackend,
                redirectsToHttps,
                location,
                namespace,
                externalNames,
                maxTarget,
                ignoresForeignAnnotations,
                served,
                ofIngressNginx,
                ports,
                streams);
    }

    /**
     * The IngressClass of a folder of manifests that has none of ours. It is the default one, but where Ingresses for ingress-nginx
     * are served: of those without a class, that one serves none.
     */
    public IngressClass impliedClass() {
        return IngressClass.of(ingressClass, CONTROLLER, ingressNginx == IngressNginx.NONE);
    }

    /** The {@code spec.controller} of the IngressClasses that are ours. */
    public static final String CONTROLLER = "adit.dev/ingress-controller";

    /** The {@code spec.controller} of the IngressClasses of ingress-nginx. */
    public static final String INGRESS_NGINX_CONTROLLER = "k8s.io/ingress-nginx";

    /** The class of ingress-nginx where an annotation names it, for which there need be no object. */
    public static final String INGRESS_NGINX_CLASS = "nginx";

    /** The default IngressClass name. */
    public static final String CLASS = "adit";
}
