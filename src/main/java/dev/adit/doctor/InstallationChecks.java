package dev.adit.doctor;

import static dev.adit.doctor.Finding.error;
import static dev.adit.doctor.Finding.ok;
import static dev.adit.doctor.Finding.warning;

import dev.adit.kube.LoadBalancerAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What there is to say of the installation itself. */
public final class InstallationChecks {
    private static final Duration TOLERATED = Duration.ofSeconds(5);

    private InstallationChecks() {}

    public static List<Finding> of(Installation installation) {
        var found = new ArrayList<Finding>();
        found.add(ok("API server", installation.server() + " answers: Kubernetes " + installation.version()));
        installation.ahead().ifPresent(ahead -> found.add(clock(ahead)));
        found.add(permissions(installation));
        found.addAll(pods(installation));
        found.addAll(services(installation));
        return found;
    }

    private static Finding clock(Duration ahead) {
        if (ahead.abs().compareTo(TOLERATED) <= 0) {
            return ok("clock", "this machine and the API server agree");
        }
        return warning(
                "clock",
                "the clock of the API server is %d s %s that of this machine"
                        .formatted(ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of"),
                "Set both by NTP: certificates and tokens are valid between two times.");
    }

    private static Finding permissions(Installation installation) {
        var account = "ServiceAccount " + installation.account();
        if (installation.denied().isEmpty()) {
            return warning(
                    "permissions",
                    "what the " + account + " may do is not known: you may not ask",
                    "Run adit doctor as a user who may create SubjectAccessReviews.");
        }
        var denied = installation.denied().get();
        return denied.isEmpty()
                ? ok("permissions", account + " may do what Adit needs")
                : error(
                        "permissions",
                        account + " may not " + String.join(", nor ", denied),
                        "Apply the manifests or the chart of this version again. Of another installation, name the account: --service-account.");
    }

    private static List<Finding> pods(Installation installation) {
        if (installation.pods().isEmpty()) {
            return List.of(warning("pods", "you may not look at the pods of Adit", "Ask who may list pods."));
        }
        var pods = installation.pods().get();
        var namespace = installation.account().namespace();
        var wanting = installation.workloads().orElse(List.of()).stream()
                .filter(workload -> workload.wanted() > 0)
                .findFirst();
        if (pods.isEmpty() && wanting.isPresent()) {
            var workload = wanting.get();
            return List.of(error(
                    "pods",
                    "%s %s is to have %d pods and has none"
                            .formatted(workload.kind(), workload.name(), workload.wanted()),
                    "kubectl -n %1$s describe %2$s %3$s says why. Ports of nodes need: kubectl label namespace %1$s"
                                    .formatted(namespace, workload.kind().toLowerCase(Locale.ROOT), workload.name())
                            + " --overwrite pod-security.kubernetes.io/enforce=privileged"));
        }
        if (pods.isEmpty()) {
            return List.of(error(
                    "pods",
                    "namespace " + namespace + " has no pod of Adit",
                    "Install Adit there, or name its namespace: --controller-namespace."));
        }
        var waiting = pods.stream().filter(pod -> !pod.isReady()).toList();
        if (waiting.isEmpty()) {
            return List.of(ok("pods", pods.size() == 1 ? "1 is ready" : "all " + pods.size() + " are ready"));
        }
        var text =
                "%d of %d %s ready".formatted(waiting.size(), pods.size(), waiting.size() == 1 ? "is not" : "are not");
        var pod = waiting.getFirst();
        var why = text + (pod.why().isEmpty() ? "" : ": " + pod.why());
        var remedy = pod.why().isEmpty() || pod.why().startsWith("CrashLoopBackOff")
                ? "See what it says: kubectl -n %s logs %s%s"
                        .formatted(namespace, pod.name(), pod.why().isEmpty() ? "" : " --previous")
                : "See more: kubectl -n %s describe pod %s".formatted(namespace, pod.name());
        return List.of(waiting.size() == pods.size() ? error("pods", why, remedy) : warning("pods", why, remedy));
    }

    private static List<Finding> services(Installation installation) {
        return installation.services().orElse(List.of()).stream()
                .filter(service -> !service.type().equals("ClusterIP"))
                .flatMap(service -> List.of(address(service), clients(service)).stream())
                .toList();
    }

    private static Finding address(Installation.Exposure service) {
        if (service.isPending()) {
            return error(
                    "address",
                    "Service " + service.name() + " of type LoadBalancer has no address yet",
                    "A load balancer has to give it one: that of the cloud, MetalLB or ServiceLB. Without one, install Adit on the"
                            + " ports of the nodes (overlay edge, or hostPort.enabled of the chart).");
        }
        var where = service.addresses().isEmpty()
                ? "is reached by ports of the nodes"
                : "has "
                        + service.addresses().stream()
                                .map(InstallationChecks::text)
                                .collect(Collectors.joining(", "));
        return ok("address", "Service " + service.name() + " " + where);
    }

    private static Finding clients(Installation.Exposure service) {
        return service.keepsClients()
                ? ok("clients", "connections keep the addresses of clients")
                : warning(
                        "clients",
                        "Service " + service.name()
                                + " hides the addresses of clients: allow lists, limits and the access log"
                                + " see a node in their place",
                        "Set externalTrafficPolicy: Local, or have the load balancer send the PROXY protocol (--proxy-protocol).");
    }

    static String text(LoadBalancerAddress address) {
        return address.ip().isEmpty() ? address.hostname() : address.ip();
    }
}
