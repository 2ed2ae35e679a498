package dev.adit.exchange;

import dev.adit.balance.Balancer;
import dev.adit.balance.Load;
import dev.adit.http.BalanceKey;
import dev.adit.http.Client;
import dev.adit.http.Decision;
import dev.adit.http.RequestHead;
import dev.adit.routing.upstream.Balancing;
import dev.adit.routing.upstream.Endpoint;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** The endpoint of one exchange, and the one after it where that fails. */
final class EndpointChoice {
    private final Balancer balancer;
    private final Decision.Forward target;
    private final @Nullable String key;
    private @Nullable Endpoint endpoint;
    private @Nullable Load load;

    EndpointChoice(Balancer balancer, Decision.Forward target, Client client, RequestHead head, HttpHeaders fields) {
        this.balancer = balancer;
        this.target = target;
        this.key = BalanceKey.of(target.policy().balancing(), client, head, fields::getAll);
    }

    Decision.Forward target() {
        return target;
    }

    /** The last one, or null. */
    @Nullable
    Endpoint chosen() {
        return endpoint;
    }

    /** Another one than before, where there is one. */
    Endpoint next() {
        var balancing = target.policy().balancing();
        var question = new Balancer.Question(target.upstream(), balancing, target.endpoints(), key, endpoint);
        var chosen = balancer.choose(question);
        if (balancing.isLoadAware()) {
            release();
            load = balancer.load(chosen);
            load.begin();
        }
        endpoint = chosen;
        return chosen;
    }

    /** A stale connection is not the endpoint's fault: hash and load may choose the endpoint again. */
    void keepEndpoint() {
        if (!(target.policy().balancing() instanceof Balancing.RoundRobin)) {
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
