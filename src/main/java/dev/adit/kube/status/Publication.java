package dev.adit.kube.status;

import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.LoadBalancerAddress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Service;
import java.util.List;

/** Where own Ingresses say they can be reached. */
public sealed interface Publication {

    /** The addresses to write now; empty means that nothing is known, and nothing is written. */
    List<LoadBalancerAddress> addresses(KubeSnapshot snapshot);

    /** Status is left alone. */
    record None() implements Publication {
        @Override
        public List<LoadBalancerAddress> addresses(KubeSnapshot snapshot) {
            return List.of();
        }
    }

    /** Given on the command line. */
    record Fixed(List<LoadBalancerAddress> addresses) implements Publication {
        @Override
        public List<LoadBalancerAddress> addresses(KubeSnapshot snapshot) {
            return addresses.stream().sorted().toList();
        }
    }

    /** Those of the Service in front of this controller. */
    record OfService(ObjectKey service) implements Publication {
        @Override
        public List<LoadBalancerAddress> addresses(KubeSnapshot snapshot) {
            return snapshot.find(Service.KIND, service).map(Service::addresses).orElse(List.of());
        }
    }

    /** Those of the nodes that run a ready pod of this controller. */
    record OfNodes() implements Publication {
        @Override
        public List<LoadBalancerAddress> addresses(KubeSnapshot snapshot) {
            return snapshot.nodeAddresses().stream()
                    .map(LoadBalancerAddress::of)
                    .sorted()
                    .toList();
        }
    }
}
