package dev.adit.filter;

import dev.adit.routing.Route;
import dev.adit.routing.Route.Action;
import dev.adit.routing.Route.Share;
import dev.adit.routing.policy.AccessList;
import dev.adit.routing.policy.BasicAuth;
import dev.adit.routing.policy.BlockedRequests;
import dev.adit.routing.policy.BodyLimit;
import dev.adit.routing.policy.ClientCertificate;
import dev.adit.routing.policy.Compression;
import dev.adit.routing.policy.Cors;
import dev.adit.routing.policy.CrossOrigin;
import dev.adit.routing.policy.DigestAuth;
import dev.adit.routing.policy.DroppedFields;
import dev.adit.routing.policy.ErrorPages;
import dev.adit.routing.policy.ExternalAuth;
import dev.adit.routing.policy.FixedRedirect;
import dev.adit.routing.policy.ForwardedClient;
import dev.adit.routing.policy.HiddenFields;
import dev.adit.routing.policy.Hsts;
import dev.adit.routing.policy.HttpsRedirect;
import dev.adit.routing.policy.IngressNginxFields;
import dev.adit.routing.policy.LogLine;
import dev.adit.routing.policy.Mirror;
import dev.adit.routing.policy.Policy;
import dev.adit.routing.policy.RateLimit;
import dev.adit.routing.policy.Redirect;
import dev.adit.routing.policy.RequestFields;
import dev.adit.routing.policy.ResponseFields;
import dev.adit.routing.policy.ResponseRate;
import dev.adit.routing.policy.ReverseRewrite;
import dev.adit.routing.policy.Rewrite;
import dev.adit.routing.policy.SessionCookie;
import dev.adit.routing.policy.Tracing;
import dev.adit.routing.policy.Unlogged;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The filters of one route, in the order in which they act; on the way back the last one acts first. */
public final class FilterChain {
    /** A route without policies. */
    public static final FilterChain NONE = new FilterChain(new Filter[0], false, Map.of());

    private static final List<Class<? extends Policy>> ORDER = List.of(
            // Whoever asks who the client is asks for the one that it says.
            ForwardedClient.class,
            // Act on responses only, and after all others: what is compressed is known, and no one else takes the field
            // away again (RFC 6797 §7.1).
            Compression.class,
            Hsts.class,
            // Nobody sees what it drops.
            DroppedFields.class,
            BlockedRequests.class,
            // As nginx, which knows how long a body is before it knows anything else of a request.
            BodyLimit.class,
            // A preflight request carries no credentials (Fetch), so it is answered before they are asked for, and
            // follows no redirect.
            Cors.class,
            CrossOrigin.class,
            // Who is sent elsewhere is sent before anything is judged, as by the rewrite phase of nginx.
            FixedRedirect.class,
            // Before everything that judges the client: without TLS no certificate and no credentials are to be seen.
            HttpsRedirect.class,
            // Acts on answers only, those of everything below among them.
            ErrorPages.class,
            // As nginx counts: before access is judged, so that guesses at credentials are counted.
            RateLimit.class,
            AccessList.class,
            // Who has no certificate learns nothing of the route, not even where it redirects to.
            ClientCertificate.class,
            BasicAuth.class,
            DigestAuth.class,
            // Asked last: a service is not troubled with requests that nobody else would serve.
            ExternalAuth.class,
            // Answers without an endpoint, so nothing that prepares a request for one comes before.
            Redirect.class,
            ResponseRate.class,
            Rewrite.class,
            IngressNginxFields.class,
            RequestFields.class,
            // Act on responses only, and before those that edit them; a cookie of our own is not rewritten.
            SessionCookie.class,
            ReverseRewrite.class,
            // The mirror gets what the endpoint gets.
            Mirror.class,
            // Sees every response, the answers of the filters above among them.
            ResponseFields.class,
            // Before anything else sees what an endpoint has said.
            HiddenFields.class);

    private static final Filter NOTHING = new Filter() {};

    private final Filter[] filters;

    private final boolean mayDivert;

    private final Map<Share, FilterChain> ofShares; // by identity

    private FilterChain(Filter[] filters, boolean mayDivert, Map<Share, FilterChain> ofShares) {
        this.filters = filters;
        this.mayDivert = mayDivert;
        this.ofShares = ofShares;
    }

    /** The chain of a route. */
    public static FilterChain of(Route route) {
        return route.hasPolicies()
                ? new FilterChain(
                        route.policies().stream()
                                .filter(FilterChain::acts)
                                .sorted(Comparator.comparingInt(policy -> ORDER.indexOf(policy.getClass())))
                                .map(policy -> filter(policy, route))
                                .toArray(Filter[]::new),
                        route.policy(ErrorPages.class).isPresent(),
                        ofShares(route))
                : NONE;
    }

    /** What a handshake asks for and nobody judges is no matter of requests, and what is written of one is not either. */
    private static boolean acts(Policy policy) {
        return !(policy instanceof Unlogged
                || policy instanceof LogLine
                || policy instanceof Tracing
                || (policy instanceof ClientCertificate clients
                        && clients.manner().isAskedOnly()));
    }

    private static Map<Share, FilterChain> ofShares(Route route) {
        var chains = new IdentityHashMap<Share, FilterChain>();
        if (route.action() instanceof Action.Split(var shares, var _)) {
            for (var share : shares) {
                chains.put(share, of(new Route(route.match(), share.policies(), share.action(), route.origin())));
            }
        }
        return chains;
    }

    /** The filters of those requests alone that come to a share of the route; they act behind these. */
    public FilterChain of(Share share) {
        return ofShares.getOrDefault(share, NONE);
    }

    private static Filter filter(Policy policy, Route route) {
        return switch (policy) {
            case AccessList list -> list.isEnough() && hasPasswords(route) ? NOTHING : new AccessListFilter(list);
            case BasicAuth auth -> unlessAdmitted(route, new BasicAuthFilter(auth));
            case BlockedRequests blocked -> new BlockedRequestsFilter(blocked);
            case BodyLimit limit -> new BodyLimitFilter(limit);
            case ClientCertificate certificate -> new ClientCertificateFilter(certificate);
            case Compression compression -> new CompressionFilter(compression);
            case Cors cors -> new CorsFilter(cors);
            case CrossOrigin policyOfPages -> new CrossOriginFilter(policyOfPages);
            case DigestAuth auth -> unlessAdmitted(route, new DigestAuthFilter(auth));
            case ErrorPages pages -> new ErrorPagesFilter(pages);
            case ExternalAuth auth -> unlessAdmitted(route, new ExternalAuthFilter(auth));
            case FixedRedirect redirect ->
                new FixedRedirectFilter(redirect, route.match().path());
            case ForwardedClient client -> new ForwardedClientFilter(client);
            case DroppedFields fields -> new DroppedFieldsFilter(fields);
            case HiddenFields fields -> new HiddenFieldsFilter(fields);
            case Hsts hsts -> new HstsFilter(hsts);
            case HttpsRedirect redirect -> new HttpsRedirectFilter(redirect);
            case IngressNginxFields fields -> new IngressNginxFieldsFilter(fields);
            case Mirror mirror -> new MirrorFilter(mirror);
            case RateLimit limit -> new RateLimitFilter(limit);
            case Redirect redirect -> new RedirectFilter(redirect, route.match().path());
            case RequestFields fields -> new RequestFieldsFilter(fields.edit());
            case ResponseFields fields -> new ResponseFieldsFilter(fields.edit());
            case SessionCookie cookie -> new SessionCookieFilter(cookie);
            case ResponseRate rate -> new ResponseRateFilter(rate);
            case ReverseRewrite rewrite -> new ReverseRewriteFilter(rewrite);
            case Rewrite rewrite -> new RewriteFilter(rewrite, route.match().path());
            case LogLine _, Tracing _, Unlogged _ -> NOTHING;
        };
    }

    private static boolean hasPasswords(Route route) {
        return route.policy(BasicAuth.class).isPresent()
                || route.policy(DigestAuth.class).isPresent()
                || route.policy(ExternalAuth.class).isPresent();
    }

    private static Filter unlessAdmitted(Route route, Filter filter) {
        return route.policy(AccessList.class)
                .filter(AccessList::isEnough)
                .<Filter>map(list -> new UnlessAdmittedFilter(list, filter))
                .orElse(filter);
    }

    /** Whether no filter acts, so that nobody needs to show them anything. */
    public boolean isEmpty() {
        return filters.length == 0 && ofShares.isEmpty();
    }

    /** Where a request is in its chain. */
    private final class Passage implements Continuation {
        private final FilteredRequest request;
        private final Runnable done;
        private int next;

        Passage(FilteredRequest request, Runnable done) {
            this.request = request;
            this.done = done;
        }

        @Override
        public void proceed() {
            while (next < filters.length) {
                if (filters[next++].request(request, this) != Step.PROCEED) {
                    return;
                }
            }
            done.run();
        }
    }

    /**
     * Has the filters judge a request, one after the other.
     *
     * @param done what happens to a request that every filter has let through
     */
    public void begin(FilteredRequest request, Runnable done) {
        new Passage(request, done).proceed();
    }

    /** Whether any of them may have a request answered otherwise, so that they have to be asked. */
    public boolean mayDivert() {
        return mayDivert;
    }

    /** Whether one of the filters has had the request answered otherwise than it is about to be. */
    public boolean diverts(FilteredRequest request, Outcome outcome) {
        for (var filter : filters) {
            if (filter.diverts(request, outcome)) {
                return true;
            }
        }
        return false;
    }

    /** Has every filter look at the head of the final response. */
    public void response(FilteredRequest request, FilteredResponse response) {
        for (var i = filters.length - 1; i >= 0; i--) {
            filters[i].response(request, response);
        }
    }
}
