package dev.adit.translate.gateway;

import dev.adit.translate.GatewayPorts;
import java.util.List;
import java.util.Set;

/** What of the Gateway API is served, by the names of its conformance suite, with which the class says so. */
final class SupportedFeatures {
    // "It MUST be sorted in ascending alphabetical order by the Name key" (GatewayClassStatus.supportedFeatures).
    private static final List<String> NAMES = List.of(
            "BackendTLSPolicy",
            "BackendTLSPolicySANValidation",
            "GRPCRoute",
            "GRPCRouteNamedRouteRule",
            "Gateway",
            "GatewayAddressEmpty",
            "GatewayBackendClientCertificate",
            "GatewayFrontendClientCertificateValidation",
            "GatewayFrontendClientCertificateValidationInsecureFallback",
            "GatewayHTTPListenerIsolation",
            "GatewayHTTPSListenerDetectMisdirectedRequests",
            "GatewayPort8080",
            "GatewayStaticAddresses",
            "HTTPRoute",
            "HTTPRoute303RedirectStatusCode",
            "HTTPRoute307RedirectStatusCode",
            "HTTPRoute308RedirectStatusCode",
            "HTTPRouteBackendProtocolH2C",
            "HTTPRouteBackendProtocolWebSocket",
            "HTTPRouteBackendRequestHeaderModification",
            "HTTPRouteBackendTimeout",
            "HTTPRouteCORS",
            "HTTPRouteDestinationPortMatching",
            "HTTPRouteHostRewrite",
            "HTTPRouteMethodMatching",
            "HTTPRouteNamedRouteRule",
            "HTTPRouteParentRefPort",
            "HTTPRoutePathRedirect",
            "HTTPRoutePathRewrite",
            "HTTPRoutePortRedirect",
            "HTTPRouteQueryParamMatching",
            "HTTPRouteRequestMirror",
            "HTTPRouteRequestMultipleMirrors",
            "HTTPRouteRequestPercentageMirror",
            "HTTPRouteRequestTimeout",
            "HTTPRouteResponseHeaderModification",
            "HTTPRouteRetry",
            "HTTPRouteRetryBackendTimeout",
            "HTTPRouteRetryConnectionError",
            "HTTPRouteSchemeRedirect",
            "ListenerSet",
            "ReferenceGrant",
            "TCPRoute",
            "TLSRoute",
            "TLSRouteModeMixed",
            "TLSRouteModeTerminate");

    private static final Set<String> OF_SERVICES =
            Set.of("GatewayAddressEmpty", "GatewayPort8080", "GatewayStaticAddresses");

    private SupportedFeatures() {}

    /** Where Gateways have no Services, they have no addresses and few ports. */
    static List<String> of(GatewayPorts.Mode mode) {
        return switch (mode) {
            case SERVICE -> NAMES;
            case SHARED ->
                NAMES.stream().filter(name -> !OF_SERVICES.contains(name)).toList();
        };
    }
}
