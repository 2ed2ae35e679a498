package dev.adit.balance;

import dev.adit.routing.upstream.Balancing;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.EndpointTable;
import dev.adit.routing.upstream.UpstreamId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among the ready endpoints, and leaves out for a while those that refuse connections; one instance for each
 * event loop, so without locks.
 */
public final class Balancer {
    private final LongSupplier nanoTime;
    private final SplittableRandom random;
    private final Ejections ejections;
    private final Map<UpstreamId, Turn> turns = new HashMap<>();
    private final Map<Endpoint, Load> loads = new HashMap<>();
    private final EndpointIds ids = new EndpointIds();

    /**
     * A balancer that has seen nothing yet.
     *
     * @param nanoTime such as {@link System#nanoTime}
     */
    public Balancer(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.random = new SplittableRandom(nanoTime.getAsLong());
        this.ejections = new Ejections(nanoTime);
    }

    /**
     * What a request asks for.
     *
     * @param endpoints not empty
     * @param key of those that hash; null for none
     * @param failed one that is not to be asked again for the same request, as long as there is another
     */
    public record Question(
            UpstreamId upstream,
            Balancing balancing,
            List<Endpoint> endpoints,
            @Nullable String key,
            @Nullable Endpoint failed) {}

    public Endpoint choose(Question question) {
        var endpoints = question.endpoints();
        if (endpoints.size() == 1) {
            return endpoints.getFirst();
        }
        var usable = question.failed() == null && ejections.isEmpty() ? endpoints : usable(question);
        return switch (question.balancing()) {
            case Balancing.RoundRobin _ -> takeTurns(question.upstream(), usable);
            case Balancing.LeastRequest _ ->
                better(usable, endpoint -> load(endpoint).running());
            case Balancing.PeakEwma _ ->
                better(usable, endpoint -> load(endpoint).cost());
            case Balancing.Cookie _ -> {
                var asked = ids.find(question.key(), usable);
                yield asked == null ? takeTurns(question.upstream(), usable) : asked;
            }
            case Balancing.Hash(var _, var subset) ->
                question.key() == null
                        ? takeTurns(question.upstream(), usable)
                        : hashed(usable, question.key().hashCode(), subset);
        };
    }

    /** The name by which a client can ask for an endpoint again. */
    public String id(Endpoint endpoint) {
        return ids.of(endpoint);
    }

    /** Whether one of these has that name. */
    public boolean knows(String id, List<Endpoint> endpoints) {
        return ids.find(id, endpoints) != null;
    }

    /** What the endpoint is doing, for those who keep it up to date. */
    public Load load(Endpoint endpoint) {
        return loads.computeIfAbsent(endpoint, _ -> new Load(nanoTime));
    }

    public void connectFailed(Endpoint endpoint) {
        ejections.failed(endpoint);
    }

    public void connected(Endpoint endpoint) {
        ejections.connected(endpoint);
    }

    /** The endpoints that are skipped for a while; from any thread. */
    public Set<Endpoint> ejected() {
        return ejections.ejected();
    }

    /** Forgets the upstreams and endpoints that are gone. */
    public void retain(EndpointTable live) {
        turns.keySet().removeIf(upstream -> !live.endpoints().containsKey(upstream));
        if (ejections.isEmpty() && loads.isEmpty() && ids.isEmpty()) {
            return;
        }
        var all = new HashSet<Endpoint>();
        live.endpoints().values().forEach(all::addAll);
        ejections.retain(all::contains);
        ids.retain(all::contains);
        loads.entrySet().removeIf(e -> !all.contains(e.getKey()) && e.getValue().running() == 0);
    }

    /** All but the failed one and those left out; where that is none, all but the failed one. */
    private List<Endpoint> usable(Question question) {
        Predicate<Endpoint> other = endpoint -> !endpoint.equals(question.failed());
        var others = question.endpoints().stream().filter(other).toList();
        var usable = others.stream().filter(e -> !ejections.isOut(e)).toList();
        if (!usable.isEmpty()) {
            return usable;
        }
        return others.isEmpty() ? question.endpoints() : others;
    }

    private Endpoint takeTurns(UpstreamId upstream, List<Endpoint> endpoints) {
        return turns.computeIfAbsent(upstream, _ -> new Turn(random.nextInt(endpoints.size())))
                .next(endpoints);
    }

    /** The power of two choices (Mitzenmacher 2001). */
    private Endpoint better(List<Endpoint> endpoints, ToDoubleFunction<Endpoint> cost) {
        if (endpoints.size() == 1) {
            return endpoints.getFirst();
        }
        var one = random.nextInt(endpoints.size());
        var other = random.nextInt(endpoints.size() - 1);
        var first = endpoints.get(one);
        var second = endpoints.get(other < one ? other : other + 1);
        return cost.applyAsDouble(second) < cost.applyAsDouble(first) ? second : first;
    }

    /** Rendezvous hashing (Thaler and Ravishankar 1998): nothing is kept, and nobody else's keys move. */
    private Endpoint hashed(List<Endpoint> endpoints, int key, int subset) {
        return subset == 1 ? highest(endpoints, key) : endpoints.get(oneOfHighest(endpoints, key, subset));
    }

    private int oneOfHighest(List<Endpoint> endpoints, int key, int subset) {
        var scores =
                endpoints.stream().mapToLong(endpoint -> score(endpoint, key)).toArray();
        var sorted = scores.clone();
        Arrays.sort(sorted);
        var chosen = sorted[scores.length - 1 - random.nextInt(Math.min(subset, scores.length))];
        return IntStream.range(0, scores.length)
                .filter(place -> scores[place] == chosen)
                .findFirst()
                .orElseThrow();
    }

    private static long score(Endpoint endpoint, int key) {
        return mix((long) key << 32 ^ endpoint.hashCode());
    }

    private static Endpoint highest(List<Endpoint> endpoints, int key) {
        var best = endpoints.getFirst();
        var bestScore = Long.MIN_VALUE;
        for (var endpoint : endpoints) {
            var score = score(endpoint, key);
            if (score > bestScore) {
                best = endpoint;
                bestScore = score;
            }
        }
        return best;
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long bits) {
        var z = bits + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    private static final class Turn {
        private int next;

        Turn(int first) {
            next = first;
        }

        Endpoint next(List<Endpoint> endpoints) {
            next = next >= endpoints.size() ? 0 : next;
            return endpoints.get(next++);
        }
    }
}
