package dev.adit.overload;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The order in which holders give way: first the address that holds most, of that the connection that holds most, and of
 * that what has waited longest. Amounts within a factor of two are equal, and then age decides.
 */
final class EvictionOrder {
    private static final Comparator<Group> ORDER =
            Comparator.comparingInt(Group::magnitude).reversed().thenComparingLong(Group::since);

    private final PriorityQueue<Address> addresses = new PriorityQueue<>(ORDER);

    /** A snapshot of these. */
    EvictionOrder(Collection<Holding> holdings) {
        var byAddress = new HashMap<String, Address>();
        holdings.stream().sorted(Comparator.comparingLong(Holding::since)).forEach(holding -> {
            var owner = holding.holder().owner();
            byAddress.computeIfAbsent(owner.address(), _ -> new Address()).add(owner.connection(), holding);
        });
        byAddress.values().forEach(address -> addresses.add(address.ready()));
    }

    /** The next one, or null when there is none. */
    @Nullable
    Holding poll() {
        var address = addresses.poll();
        if (address == null) {
            return null;
        }
        var next = address.poll();
        if (address.bytes > 0) {
            addresses.add(address);
        }
        return next;
    }

    private abstract static class Group {
        long bytes;

        int magnitude() {
            return Long.SIZE - Long.numberOfLeadingZeros(bytes);
        }

        abstract long since();
    }

    private static final class Address extends Group {
        private final IdentityHashMap<Object, Connection> connections = new IdentityHashMap<>();
        private final PriorityQueue<Connection> order = new PriorityQueue<>(ORDER);

        void add(Object connection, Holding holding) {
            bytes += holding.bytes();
            connections.computeIfAbsent(connection, _ -> new Connection()).add(holding);
        }

        Address ready() {
            order.addAll(connections.values());
            return this;
        }

        Holding poll() {
            var connection = order.remove();
            var next = connection.holdings.remove();
            connection.bytes -= next.bytes();
            bytes -= next.bytes();
            if (!connection.holdings.isEmpty()) {
                order.add(connection);
            }
            return next;
        }

        @Override
        long since() {
            return order.isEmpty() ? Long.MAX_VALUE : order.element().since();
        }
    }

    private static final class Connection extends Group {
        private final Deque<Holding> holdings = new ArrayDeque<>(1);

        void add(Holding holding) {
            bytes += holding.bytes();
            holdings.add(holding);
        }

        @Override
        long since() {
            return holdings.isEmpty() ? Long.MAX_VALUE : holdings.element().since();
        }
    }
}
