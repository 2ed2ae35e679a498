package dev.adit.http;

import dev.adit.match.Generation;
import dev.adit.routing.RegexBudget;
import dev.adit.routing.Route;
import dev.adit.routing.policy.ClientCertificate;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** Which route of the live generation takes a request. */
public sealed interface Verdict {
    record Routed(Route route) implements Verdict {}

    record Refuse(Refusal error) implements Verdict {}

    /** Whether the client of a connection may have what needs a certificate. */
    @FunctionalInterface
    interface ClientCertificateCheck {
        /** Why it may not, or null. */
        @Nullable
        Refusal refusal(String host, ClientCertificate required);

        /** Whether there is no client, so that it is taken for one that may have everything. */
        default boolean isAssumed() {
            return false;
        }

        /** What it has shown of itself, which nobody may have judged yet; null where that is nothing. */
        default @Nullable X509Certificate certificate() {
            return null;
        }
    }

    Verdict NOT_READY = new Refuse(Refusal.NOT_READY);
    Verdict NO_ROUTE = new Refuse(Refusal.NO_ROUTE);
    Verdict TOO_COSTLY = new Refuse(Refusal.EXPRESSION_TOO_COSTLY);

    /**
     * Asks a generation.
     *
     * @param port to which the request came, as the routing table names it
     */
    static Verdict of(Generation generation, RequestHead head, Integer port) {
        if (generation.number() == 0) {
            return NOT_READY; // not 404: nobody knows yet whether there is a route
        }
        try {
            var route = generation.match(head, port);
            return route == null ? NO_ROUTE : new Routed(route);
        } catch (RegexBudget.SpentException _) {
            return TOO_COSTLY; // whether the route takes it is not known, and another one might let in too much
        }
    }
}
