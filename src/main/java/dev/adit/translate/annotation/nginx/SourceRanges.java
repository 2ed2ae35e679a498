package dev.adit.translate.annotation.nginx;

import dev.adit.routing.policy.AccessList;
import dev.adit.routing.policy.Network;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.Fidelity;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whose addresses are served. One that cannot be read closes the Ingress; so does an empty one, which ingress-nginx would open. */
final class SourceRanges implements AnnotationFamily {
    static final String RANGES = "use addresses and ranges with commas between them, such as 10.0.0.0/8,2001:db8::/32";
    private static final String EVERYBODY = "every address is served";
    private static final int LONGEST = 64 * 1024;

    private static final AnnotationKey<List<Network>> ALLOWLIST = ranges(
            "allowlist-source-range",
            "`10.0.0.0/8, 2001:db8::/32`: clients with other addresses are answered 403",
            EVERYBODY);
    static final AnnotationKey<List<Network>> WHITELIST = ranges(
            "whitelist-source-range", "the older name of `allowlist-source-range`, which goes before it", EVERYBODY);
    static final AnnotationKey<List<Network>> DENYLIST = ranges(
            "denylist-source-range",
            "`192.0.2.0/24`: clients with these addresses are answered 403",
            "nobody is left out");

    /** Of the ConfigMap. */
    static final AnnotationKey<List<Network>> BLOCK_CIDRS = ranges(
            "block-cidrs",
            "`192.0.2.0/24`: clients with these addresses are answered 403, whatever an Ingress says",
            "nobody is left out");

    private static final AnnotationKey<Boolean> SATISFY = AnnotationKey.of(
                    "satisfy",
                    Scope.INGRESS,
                    OnError.DEFAULT, // which is the stricter one
                    "use all or any",
                    "`any`: clients whose addresses are listed need no password and are not asked who they are; others may show one. `all`: a"
                            + " client has to pass every check",
                    "`all`",
                    text -> switch (text) {
                        case "any" -> Optional.of(true);
                        case "all" -> Optional.of(false);
                        default -> Optional.empty();
                    })
            .served(new Fidelity.Differs("who needs a password and is asked for has to pass both, whatever it says"));

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(ALLOWLIST, WHITELIST, DENYLIST, SATISFY);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {
        var allowed = of.get(ALLOWLIST).or(() -> of.get(WHITELIST)).orElse(List.of());
        var denied = of.get(DENYLIST).orElse(List.of());
        if (!allowed.isEmpty() || !denied.isEmpty()) {
            into.add(new AccessList(allowed, denied, of.get(SATISFY).orElse(false)));
        }
        // By itself, since no password is enough for these.
        of.get(BLOCK_CIDRS).ifPresent(blocked -> into.add(new AccessList(List.of(), blocked)));
    }

    private static AnnotationKey<List<Network>> ranges(String name, String doc, String otherwise) {
        return Guards.key(name, RANGES, doc, otherwise, SourceRanges::networks);
    }

    /** Reads addresses and ranges; empty where one of them is none. */
    static Optional<List<Network>> networks(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        var networks = new ArrayList<Network>();
        for (var part : text.split(",", -1)) {
            var network = Network.of(part.strip());
            if (network.isEmpty()) {
                return Optional.empty();
            }
            networks.add(network.get());
        }
        return Optional.of(networks);
    }
}
