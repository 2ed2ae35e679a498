package dev.adit.routing.policy;

/**
 * What a route does with its exchanges beyond forwarding them. A policy says what is wanted; the filter of the same name
 * does it.
 */
public sealed interface Policy
        permits AccessList,
                BasicAuth,
                BodyLimit,
                ClientCertificate,
                Cors,
                FixedRedirect,
                Hsts,
                HttpsRedirect,
                IngressNginxFields,
                Mirror,
                RateLimit,
                Redirect,
                RequestFields,
                ResponseFields,
                Rewrite,
                SessionCookie {}
