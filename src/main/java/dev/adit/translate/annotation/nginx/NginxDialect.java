package dev.adit.translate.annotation.nginx;

import dev.adit.kube.Ingress;
import dev.adit.translate.annotation.Dialect;
import dev.adit.translate.annotation.adit.FieldEditing;
import java.util.List;
import java.util.Set;

/** What Ingresses for ingress-nginx may say. */
public final class NginxDialect {
    public static final Dialect DIALECT = new Dialect(
            Ingress.INGRESS_NGINX,
            Set.of("auth", "allowlist", "denylist", "whitelist", "satisfy", "modsecurity"),
            List.of(
                    new ForwardedClients(),
                    new Https(),
                    new ProxiedFields(),
                    new Redirects(),
                    new Rewrites(),
                    new AccessLogs(),
                    new Traces(),
                    new Bodies(),
                    new Timeouts(),
                    new NextUpstream(),
                    new Protocols(),
                    new BackendTls(),
                    new SourceRanges(),
                    new BlockedClients(),
                    new OpenLocations(),
                    new BasicAuthentication(),
                    new ExternalAuthentication(),
                    new AuthTls(),
                    new CrossOrigin(),
                    new RateLimits(),
                    new ResponseRates(),
                    new Compressions(),
                    new LoadBalancing(),
                    new AppRoots(),
                    new FieldMaps(),
                    new ErrorResponses(),
                    new MirrorTargets(),
                    new ReverseRewrites(),
                    new Passthrough(),
                    new Tuning(),
                    new ServerNames(),
                    new Affinity(),
                    new Canaries(),
                    // For what snippets were mostly written for.
                    new FieldEditing(Ingress.ADIT),
                    new Unserved()));

    private NginxDialect() {}
}
