package dev.adit.translate.annotation.nginx;

import dev.adit.routing.upstream.Balancing;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How endpoints are chosen. */
final class LoadBalancing implements AnnotationFamily {
    private static final int LONGEST = 256;
    private static final int MOST_VARIABLES = 8;
    private static final int MOST_OF_A_SUBSET = 1_000;
    private static final int SUBSET_OF_NGINX = 3;
    private static final Pattern EXPRESSION = Pattern.compile("[A-Za-z0-9_$\\{}./:-]++");

    static final AnnotationKey<Balancing> LOAD_BALANCE = AnnotationKey.of(
            "load-balance",
            Scope.INGRESS,
            OnError.REFUSE,
            "use round_robin or ewma",
            "`round_robin`, `ewma` (of two at random the one that has been faster)",
            "`round_robin`",
            LoadBalancing::balancing);
    private static final AnnotationKey<Balancing.Hash> HASH_BY = AnnotationKey.of(
            "upstream-hash-by",
            Scope.INGRESS,
            OnError.REFUSE,
            "use variables of nginx and plain text without blanks, such as $request_uri",
            "`$request_uri`, `$uri`, `$host`, `$remote_addr`, `$http_NAME`, `$cookie_NAME`, alone or together: one value, one endpoint. Other"
                    + " variables are empty",
            "endpoints take turns",
            text -> Optional.of(text)
                    .filter(one ->
                            one.length() <= LONGEST && EXPRESSION.matcher(one).matches())
                    .filter(one -> one.chars().filter(c -> c == '$').count() <= MOST_VARIABLES)
                    .map(one -> new Balancing.Hash(new Balancing.Key.Template(one))));

    private static final AnnotationKey<Boolean> SUBSET = AnnotationKey.of(
            "upstream-hash-by-subset",
            Scope.INGRESS,
            OnError.DEFAULT,
            GoValues.TRUTH,
            "`\"true\"`: a value of `upstream-hash-by` has several endpoints, one of which gets each request at random",
            "one value, one endpoint",
            GoValues::truth);
    private static final AnnotationKey<Integer> SUBSET_SIZE = AnnotationKey.of(
            "upstream-hash-by-subset-size",
            Scope.INGRESS,
            OnError.DEFAULT,
            "use a number from 1 to " + MOST_OF_A_SUBSET,
            "how many endpoints that are",
            Integer.toString(SUBSET_OF_NGINX),
            text -> GoValues.integer(text).filter(size -> size >= 1 && size <= MOST_OF_A_SUBSET));

    static final AnnotationKey<Boolean> SERVICE_UPSTREAM = AnnotationKey.of(
            "service-upstream",
            Scope.INGRESS,
            OnError.DEFAULT,
            GoValues.TRUTH,
            "`\"true\"`: requests go to the address of the Service (its clusterIP), and kube-proxy or a mesh chooses the endpoint, so"
                    + " that the cookie of a session has no effect. A Service without an address is served by its endpoints",
            "they go to the endpoints",
            GoValues::truth);

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(LOAD_BALANCE, HASH_BY, SUBSET, SUBSET_SIZE, SERVICE_UPSTREAM);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {
        of.get(HASH_BY)
                .<Balancing>map(hash -> of.get(SUBSET).orElse(false)
                        ? new Balancing.Hash(hash.key(), of.get(SUBSET_SIZE).orElse(SUBSET_OF_NGINX))
                        : hash)
                .or(() -> of.get(LOAD_BALANCE))
                .ifPresent(balancing -> into.upstream(policy -> policy.with(balancing)));
        if (of.get(SERVICE_UPSTREAM).orElse(false)) {
            into.toService();
        }
    }

    private static Optional<Balancing> balancing(String text) {
        return switch (text) {
            case "round_robin" -> Optional.of(new Balancing.RoundRobin());
            case "ewma" -> Optional.of(new Balancing.PeakEwma());
            default -> Optional.empty();
        };
    }
}
