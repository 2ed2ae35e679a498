package dev.adit.kube;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the status of one object is to say. An object that has none here is not ours to speak of. */
public sealed interface Status {
    /** Whose status it is. */
    ObjectRef object();

    /** {@code status.loadBalancer}: that it is reached where this controller can be reached, wherever that is. */
    record Addresses(Ingress ingress) implements Status {
        @Override
        public ObjectRef object() {
            return ingress.ref();
        }
    }

    /**
     * That of a Gateway.
     *
     * @param generation of the {@code spec} that was looked at
     * @param attachedSets how many ListenerSets are attached; empty where none may be
     * @param place where it is reached
     */
    record OfGateway(
            ObjectRef object,
            String uid,
            long generation,
            List<Condition> conditions,
            List<OfListener> listeners,
            OptionalInt attachedSets,
            Place place)
            implements Status {
        public OfGateway {
            conditions = List.copyOf(conditions);
            listeners = List.copyOf(listeners);
        }
    }

    /** Where a Gateway is reached. */
    sealed interface Place {
        /** Where this controller is, wherever that is. */
        record Shared() implements Place {}

        /**
         * By a Service of its own.
         *
         * @param wanted as the Service is to be; empty where there is to be none
         * @param addresses that the Service has
         */
        record Own(Optional<GatewayService> wanted, List<LoadBalancerAddress> addresses) implements Place {
            public Own {
                addresses = List.copyOf(addresses);
            }
        }
    }

    /**
     * That of a ListenerSet.
     *
     * @param generation of the {@code spec} that was looked at
     */
    record OfListenerSet(
            ObjectRef object, String uid, long generation, List<Condition> conditions, List<OfListener> listeners)
            implements Status {
        public OfListenerSet {
            conditions = List.copyOf(conditions);
            listeners = List.copyOf(listeners);
        }
    }

    /**
     * One of {@code status.listeners}.
     *
     * @param supported the kinds of routes that may attach
     * @param attached how many routes are
     */
    record OfListener(String name, List<Gateway.RouteKind> supported, int attached, List<Condition> conditions) {
        public OfListener {
            supported = List.copyOf(supported);
            conditions = List.copyOf(conditions);
        }
    }

    /**
     * That of a route, for those of its parents that are ours.
     *
     * @param generation of the {@code spec} that was looked at
     */
    record OfRoute(ObjectRef object, String uid, long generation, List<OfParent> parents) implements Shared {
        public OfRoute {
            parents = List.copyOf(parents);
        }

        @Override
        public Shared takenBack() {
            return new OfRoute(object, uid, generation, List.of());
        }
    }

    /**
     * That of a policy, for the Gateways that go by it.
     *
     * @param generation of the {@code spec} that was looked at
     * @param parents its ancestors, as the API calls them
     */
    record OfPolicy(ObjectRef object, String uid, long generation, List<OfParent> parents) implements Shared {
        public OfPolicy {
            parents = List.copyOf(parents);
        }

        @Override
        public Shared takenBack() {
            return new OfPolicy(object, uid, generation, List.of());
        }
    }

    /** One in which several controllers have entries, each for those parents that are its own. */
    sealed interface Shared extends Status {
        String uid();

        long generation();

        List<OfParent> parents();

        /** That nothing is said any more. */
        Shared takenBack();
    }

    /** One of {@code status.parents}, or of {@code status.ancestors}. */
    record OfParent(HttpRoute.ParentRef parent, List<Condition> conditions) {
        public OfParent {
            conditions = List.copyOf(conditions);
        }
    }

    /**
     * That of a GatewayClass.
     *
     * @param uid of the object, lest another one of that name be taken for it
     * @param generation of the {@code spec} that was looked at
     * @param conditions one of each type; those of other types are somebody else's
     * @param features of the API that are served, by the names of the API and in their order
     */
    record OfClass(ObjectRef object, String uid, long generation, List<Condition> conditions, List<String> features)
            implements Status {
        public OfClass {
            conditions = List.copyOf(conditions);
            features = List.copyOf(features);
        }
    }
}
