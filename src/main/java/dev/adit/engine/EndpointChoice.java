package dev.adit.engine;

import dev.adit.balance.Balancer;
import dev.adit.balance.Load;
import dev.adit.http.BalanceKey;
import dev.adit.http.Client;
import dev.adit.http.RequestHead;
import dev.adit.http.Verdict;
import dev.adit.routing.upstream.Balancing;
import dev.adit.routing.upstream.Endpoint;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** The endpoint of one exchange, and the one after it where that fails. */
final class EndpointChoice {
    private final Balancer balancer;
    private final Verdict.Forward route;
    private final @Nullable String key;
    private @Nullable Endpoint endpoint;
    private @Nullable Load load;

    EndpointChoice(Balancer balancer, Verdict.Forward route, Client client, RequestHead head, HttpHeaders fields) {
        this.balancer = balancer;
        this.route = route;
        this.key = BalanceKey.of(route.policy().balancing(), client, head, fields::getAll);
    }

    /** Another one than before, where there is one. */
    Endpoint next() {
        var balancing = route.policy().balancing();
        var question = new Balancer.Question(route.upstream(), balancing, route.endpoints(), key, endpoint);
        var chosen = balancer.choose(question);
        if (balancing.isLoadAware()) {
            release();
            load = balancer.load(chosen);
            load.begin();
        }
        endpoint = chosen;
        return chosen;
    }

    /** It was not its fault, and where there are reasons to choose it they still hold; else another one is as good. */
    void excuse() {
        if (!(route.policy().balancing() instanceof Balancing.RoundRobin)) {
            endpoint = null;
        }
    }

    /** It has begun to answer. */
    void answered(long nanos) {
        if (load != null) {
            load.answered(nanos);
        }
    }

    /** It has nothing to do for the exchange any more. */
    void release() {
        if (load != null) {
            load.end();
            load = null;
        }
    }
}
