package dev.adit.routing.policy;

import dev.adit.routing.upstream.UpstreamId;
import dev.adit.routing.upstream.UpstreamPolicy;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Another Service answers in place of some answers, as by {@code proxy_intercept_errors} and {@code error_page} of nginx.
 *
 * @param standIn gets the whole request where the Service of the route has no endpoint
 * @param statuses of the answers in place of which a page is fetched, from 400 to 599
 * @param pages where it is fetched: the first of these that has an endpoint. Where none has, the answer is 404
 * @param ofEndpoints whether it is fetched in place of answers of endpoints, too, and not only of Adit's own
 * @param about what these Services are told of the route
 */
public record ErrorPages(
        Optional<Backend> standIn,
        Set<Integer> statuses,
        List<Backend> pages,
        boolean ofEndpoints,
        List<FieldEdit.Field> about)
        implements Policy {
    public ErrorPages {
        statuses = Set.copyOf(statuses);
        pages = List.copyOf(pages);
        about = List.copyOf(about);
    }

    /** A Service, and how its endpoints are spoken to. */
    public record Backend(UpstreamId upstream, UpstreamPolicy policy) {}
}
