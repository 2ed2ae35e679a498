package dev.adit.overload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many shares each client has, by address and by connection. */
final class Crowd {
    private final Map<String, Address> addresses = new HashMap<>();

    private static final class Address {
        private final IdentityHashMap<Object, Integer> connections = new IdentityHashMap<>(2);
        private int shares;
    }

    /** Counts the claims of a list. */
    Crowd(@Nullable Claim first) {
        for (var claim = first; claim != null; claim = claim.next) {
            add(claim.who());
        }
    }

    void add(Owner owner) {
        var address = addresses.computeIfAbsent(owner.address(), _ -> new Address());
        address.shares++;
        address.connections.merge(owner.connection(), 1, Integer::sum);
    }

    void remove(Owner owner) {
        var address = addresses.get(owner.address());
        if (address != null) {
            address.shares--;
            address.connections.computeIfPresent(owner.connection(), (_, shares) -> shares == 1 ? null : shares - 1);
            if (address.shares == 0) {
                addresses.remove(owner.address());
            }
        }
    }

    int of(String address) {
        var found = addresses.get(address);
        return found == null ? 0 : found.shares;
    }

    int of(Owner owner) {
        var found = addresses.get(owner.address());
        return found == null ? 0 : found.connections.getOrDefault(owner.connection(), 0);
    }

    /**
     * Those of a list whose clients have kept them waiting since before that time: first those of whoever has most shares,
     * and of these the one that has waited longest.
     */
    List<Claim> stalled(@Nullable Claim first, long before) {
        var stalled = new ArrayList<Stalled>();
        for (var claim = first; claim != null; claim = claim.next) {
            var since = claim.stalledSince();
            if (since != Claim.NOT_STALLED && since - before < 0) {
                var owner = claim.who();
                stalled.add(new Stalled(claim, of(owner.address()), of(owner), since));
            }
        }
        stalled.sort(Stalled.ORDER);
        return stalled.stream().map(Stalled::claim).toList();
    }

    private record Stalled(Claim claim, int ofAddress, int ofConnection, long since) {
        static final Comparator<Stalled> ORDER = Comparator.comparingInt(Stalled::ofAddress)
                .thenComparingInt(Stalled::ofConnection)
                .reversed()
                .thenComparingLong(Stalled::since);
    }

    /** Whether one client has so many more shares than another that it still has no fewer when it gives one to it. */
    boolean exceeds(Owner owner, Owner other) {
        return owner.address().equals(other.address())
                ? exceeds(of(owner), of(other))
                : exceeds(of(owner.address()), of(other.address()));
    }

    /** Whoever has none gets the first one at any rate. */
    private static boolean exceeds(int shares, int others) {
        return others == 0 ? shares > 0 : shares > others + 1;
    }
}
