package dev.adit.overload;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Claims that wait, served in turn: over the addresses of clients, in each over its connections, in each the oldest first.
 * Whole requests come before those whose body is still on its way.
 */
final class FairQueue {
    private final int limit;
    private final Map<String, Address> addresses = new HashMap<>();
    private final Deque<Address> turns = new ArrayDeque<>();
    private int size;

    FairQueue(int limit) {
        this.limit = limit;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /**
     * Adds a claim. Where the queue is full, one whose request has not come whole gives way to one whose has; else the
     * last claim of whoever has most.
     *
     * @return the claim that has no place; null when there is room
     */
    @Nullable
    Claim add(Claim claim) {
        var owner = claim.who();
        var address = addresses.get(owner.address());
        Claim dropped = null;
        if (size >= limit) {
            var longest = claim.isComplete() ? incomplete() : null;
            longest = longest == null ? longest(owner, address) : longest;
            if (longest == null) {
                return claim;
            }
            dropped = longest;
            remove(longest);
            address = addresses.get(owner.address());
        }
        if (address == null) {
            address = new Address(owner.address());
            addresses.put(owner.address(), address);
            turns.addLast(address);
        }
        address.add(claim);
        claim.isWaiting = true;
        size++;
        return dropped;
    }

    private @Nullable Claim incomplete() {
        return turns.stream()
                .flatMap(address -> address.turns.stream())
                .map(connection -> connection.claims.getLast())
                .filter(claim -> !claim.isComplete())
                .findFirst()
                .orElse(null);
    }

    /** The last claim of whoever has more than the one that asks; null when nobody has. */
    private @Nullable Claim longest(Owner asking, @Nullable Address own) {
        var most = turns.stream().max(Comparator.comparingInt(address -> address.size));
        if (most.isEmpty()) {
            return null;
        }
        if (own != null && most.get().size <= own.size) {
            return own.longest(asking.connection());
        }
        return own == null && most.get().size <= 1 ? null : most.get().longest(null);
    }

    void remove(Claim claim) {
        var owner = claim.who();
        var address = addresses.get(owner.address());
        if (address != null && address.remove(claim)) {
            removed(address, claim);
        }
    }

    /** Removes those that have waited since before that time. */
    List<Claim> removeOlder(long since) {
        var older = new ArrayList<Claim>();
        for (var address : turns) {
            for (var connection : address.turns) {
                connection.claims.stream()
                        .filter(claim -> claim.waitingSince - since < 0)
                        .forEach(older::add);
            }
        }
        older.forEach(this::remove);
        return older;
    }

    /** A claim of whoever has the fewest shares, and so most reason to get one; null when none waits. */
    @Nullable
    Claim least(Crowd crowd) {
        var least = turns.stream().min(Comparator.comparingInt(address -> crowd.of(address.name)));
        return least.flatMap(address -> address.turns.stream()
                        .map(connection -> connection.claims.element())
                        .min(Comparator.comparingInt(claim -> crowd.of(claim.who()))))
                .orElse(null);
    }

    /** Removes the next claim that passes; null when none does. */
    @Nullable
    Claim poll(Predicate<Claim> passes) {
        var whole = poll(true, passes);
        return whole == null ? poll(false, passes) : whole;
    }

    private @Nullable Claim poll(boolean complete, Predicate<Claim> passes) {
        for (var address : turns) {
            var found = address.poll(complete, passes);
            if (found != null) {
                turns.remove(address);
                turns.addLast(address);
                removed(address, found);
                return found;
            }
        }
        return null;
    }

    private void removed(Address address, Claim claim) {
        claim.isWaiting = false;
        size--;
        if (address.size == 0) {
            addresses.remove(address.name);
            turns.remove(address);
        }
    }

    private static final class Connection {
        private final Deque<Claim> claims = new ArrayDeque<>(1);
        private final Object identity;

        Connection(Object identity) {
            this.identity = identity;
        }
    }

    private static final class Address {
        private final String name;
        private final IdentityHashMap<Object, Connection> connections = new IdentityHashMap<>(2);
        private final Deque<Connection> turns = new ArrayDeque<>(1);
        private int size;

        Address(String name) {
            this.name = name;
        }

        void add(Claim claim) {
            var connection = connections.computeIfAbsent(claim.who().connection(), identity -> {
                var added = new Connection(identity);
                turns.addLast(added);
                return added;
            });
            connection.claims.addLast(claim);
            size++;
        }

        boolean remove(Claim claim) {
            var connection = connections.get(claim.who().connection());
            return connection != null && connection.claims.removeLastOccurrence(claim) && shrunk(connection);
        }

        private boolean shrunk(Connection connection) {
            size--;
            if (connection.claims.isEmpty()) {
                connections.remove(connection.identity);
                turns.remove(connection);
            }
            return true;
        }

        /** The last claim of the connection that has most, if that is more than the one that asks has. */
        @Nullable
        Claim longest(@Nullable Object asking) {
            var most = turns.stream().max(Comparator.comparingInt(connection -> connection.claims.size()));
            var own = asking == null ? null : connections.get(asking);
            var least = own == null ? 1 : own.claims.size();
            return most.filter(connection -> asking == null || connection.claims.size() > least)
                    .map(connection -> connection.claims.peekLast())
                    .orElse(null);
        }

        @Nullable
        Claim poll(boolean complete, Predicate<Claim> passes) {
            for (var connection : turns) {
                var claim = connection.claims.peekFirst();
                if (claim != null && claim.isComplete() == complete && passes.test(claim)) {
                    connection.claims.removeFirst();
                    turns.remove(connection);
                    turns.addLast(connection);
                    shrunk(connection);
                    return claim;
                }
            }
            return null;
        }
    }
}
