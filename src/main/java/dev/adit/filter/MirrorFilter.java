package dev.adit.filter;

import dev.adit.http.RequestHead;
import dev.adit.routing.policy.Mirror;
import java.util.concurrent.ThreadLocalRandom;

/** Sends copies of requests to a second Service. */
final class MirrorFilter implements Filter {
    private final Mirror policy;

    MirrorFilter(Mirror policy) {
        this.policy = policy;
    }

    private static RequestHead head(FilteredRequest request, Mirror.Asked asked) {
        var target = request.variables()
                .of(request.asked().in(request.head().manner()))
                .url(asked.target());
        return request.head().asking(asked.host().text(), target.startsWith("/") ? target : "/" + target);
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        if (policy.share() < 1 && ThreadLocalRandom.current().nextDouble() >= policy.share()) {
            return Step.PROCEED;
        }
        request.mirror(policy, policy.asked().map(asked -> head(request, asked)).orElseGet(request::head));
        return Step.PROCEED;
    }
}
