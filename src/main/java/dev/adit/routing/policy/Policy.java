package dev.adit.routing.policy;

/**
 * What a route does with its exchanges beyond forwarding them. A policy says what is wanted; the filter of the same name
 * does it.
 */
public sealed interface Policy
        permits AccessList,
                BasicAuth,
                BlockedRequests,
                BodyLimit,
                ClientCertificate,
                Compression,
                Cors,
                CrossOrigin,
                DigestAuth,
                DroppedFields,
                ErrorPages,
                ExternalAuth,
                FixedRedirect,
                ForwardedClient,
                HiddenFields,
                Hsts,
                HttpsRedirect,
                LogLine,
                IngressNginxFields,
                Mirror,
                RateLimit,
                Redirect,
                RequestFields,
                ResponseFields,
                ResponseRate,
                ReverseRewrite,
                Rewrite,
                SessionCookie,
                Tracing,
                Unlogged {
    /** Whether some clients are not served because of it. Whoever adds a policy has to say. */
    default boolean keepsOut() {
        return switch (this) {
            case AccessList _,
                    BasicAuth _,
                    BlockedRequests _,
                    ClientCertificate _,
                    DigestAuth _,
                    ExternalAuth _,
                    RateLimit _ -> true;
            case BodyLimit _,
                    Compression _,
                    Cors _,
                    CrossOrigin _,
                    DroppedFields _,
                    ErrorPages _,
                    FixedRedirect _,
                    ForwardedClient _,
                    HiddenFields _,
                    Hsts _,
                    HttpsRedirect _,
                    LogLine _,
                    IngressNginxFields _,
                    Mirror _,
                    Redirect _,
                    RequestFields _,
                    ResponseFields _,
                    ResponseRate _,
                    ReverseRewrite _,
                    Rewrite _,
                    SessionCookie _,
                    Tracing _,
                    Unlogged _ -> false;
        };
    }
}
