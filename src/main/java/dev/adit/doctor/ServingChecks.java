package dev.adit.doctor;

import static dev.adit.doctor.Finding.error;
import static dev.adit.doctor.Finding.ok;
import static dev.adit.doctor.Finding.warning;

import dev.adit.explain.ServedCertificate;
import dev.adit.kube.Gateway;
import dev.adit.kube.GatewayClass;
import dev.adit.kube.Ingress;
import dev.adit.kube.IngressClass;
import dev.adit.translate.TranslationOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What there is to say of what is served. */
public final class ServingChecks {
    private static final int MOST_NAMED = 5;

    private ServingChecks() {}

    public static List<Finding> of(Served served, boolean hasGatewayApi, Instant now) {
        var found = new ArrayList<Finding>();
        found.addAll(classes(served));
        found.add(ingresses(served));
        found.addAll(problems(served));
        found.addAll(certificates(served, now));
        found.addAll(hosts(served));
        found.add(gateways(served, hasGatewayApi));
        return found;
    }

    private static List<Finding> classes(Served served) {
        var all = served.snapshot().all(IngressClass.KIND).toList();
        var name = served.ingressClass();
        var found = new ArrayList<Finding>();
        var own = all.stream().filter(one -> one.name().equals(name)).findFirst();
        if (own.isEmpty()) {
            found.add(error(
                    "class",
                    "there is no IngressClass " + name + ", so Ingresses that name it are not served",
                    "Create it with spec.controller: " + TranslationOptions.CONTROLLER
                            + ", or name another one: --ingress-class."));
        } else if (!own.get().controller().equals(TranslationOptions.CONTROLLER)) {
            found.add(error(
                    "class",
                    "IngressClass " + name + " is of the controller "
                            + own.get().controller() + ", and not of Adit",
                    "Give Adit a class of its own, with spec.controller: " + TranslationOptions.CONTROLLER + "."));
        } else {
            found.add(ok("class", "IngressClass " + name + " is Adit's"));
        }
        var defaults = all.stream()
                .filter(IngressClass::isDefault)
                .map(IngressClass::name)
                .toList();
        if (defaults.size() > 1) {
            found.add(warning(
                    "class",
                    "several IngressClasses are the default: " + some(defaults),
                    "Leave the annotation ingressclass.kubernetes.io/is-default-class on one of them."));
        }
        return found;
    }

    private static Finding ingresses(Served served) {
        var own = served.translation().own();
        var hidden = own.stream()
                .filter(ingress -> ingress.addresses().isEmpty())
                .map(Ingress::key)
                .toList();
        if (own.isEmpty()) {
            return ok("Ingresses", "there is none of this class");
        }
        if (hidden.isEmpty()) {
            return ok("Ingresses", own.size() + " are served, and all show an address");
        }
        return warning(
                "Ingresses",
                "%d of %d show no address: %s".formatted(hidden.size(), own.size(), some(hidden)),
                "Look at the log of Adit's leader, and at --publish-service, --publish-nodes and --status of its pods.");
    }

    private static List<Finding> problems(Served served) {
        var problems = served.translation().problems();
        if (problems.isEmpty()) {
            return List.of(ok("problems", "Adit reports none"));
        }
        var first = problems.stream().limit(MOST_NAMED).map(Object::toString).collect(Collectors.joining("; "));
        return List.of(warning(
                "problems",
                "%d%s: %s".formatted(problems.size(), problems.size() > MOST_NAMED ? ", among them" : "", first),
                "adit routes --cluster lists all of them."));
    }

    private static List<Finding> certificates(Served served, Instant now) {
        var byState = ServedCertificate.of(served.translation().table(), now).stream()
                .collect(Collectors.groupingBy(ServedCertificate::state));
        var found = new ArrayList<Finding>();
        byState.forEach((state, certificates) -> {
            var names = some(certificates.stream()
                    .map(one -> one.certificate().secret() + " ("
                            + one.certificate().leaf().getNotAfter().toInstant() + ")")
                    .toList());
            switch (state) {
                case OK -> found.add(ok("certificates", certificates.size() + " are valid for three weeks and more"));
                case EXPIRES_SOON ->
                    found.add(warning(
                            "certificates",
                            "these end within three weeks: " + names,
                            "Renew them; cert-manager shows why it has not: kubectl get certificates -A"));
                case EXPIRED -> found.add(error("certificates", "these have ended: " + names, "Renew them."));
                case NOT_YET_VALID ->
                    found.add(error(
                            "certificates",
                            "these are not valid yet: " + names,
                            "Compare the clocks of who made them and of the nodes."));
            }
        });
        return found;
    }

    /** The names of hosts lead to an address that Ingresses show; or to something before it, which nobody here can know. */
    private static List<Finding> hosts(Served served) {
        var shown = served.shown();
        var own = served.own();
        var hosts = served.hosts();
        var unknown = named(hosts, List::isEmpty);
        var elsewhere = named(hosts, found -> !found.isEmpty() && found.stream().noneMatch(own::contains));
        var findings = new ArrayList<Finding>();
        if (!unknown.isEmpty()) {
            findings.add(warning(
                    "DNS",
                    "these hosts are not known here: " + some(unknown),
                    "Add records for them that name " + at(shown) + "."));
        }
        if (!elsewhere.isEmpty() && !shown.isEmpty()) {
            findings.add(warning(
                    "DNS",
                    "these hosts lead elsewhere: "
                            + some(elsewhere.stream()
                                    .map(host -> host + " to " + String.join(", ", hosts.getOrDefault(host, List.of())))
                                    .toList()),
                    "Right where a proxy or a load balancer stands before Adit; else let them name " + at(shown)
                            + "."));
        }
        var right = hosts.size() - unknown.size() - elsewhere.size();
        if (right > 0) {
            findings.add(ok("DNS", right + " of " + hosts.size() + " hosts lead to Adit"));
        }
        return findings;
    }

    private static String at(Set<String> shown) {
        return shown.isEmpty() ? "the address of Adit" : String.join(", ", shown);
    }

    private static List<String> named(Map<String, List<String>> hosts, Predicate<List<String>> which) {
        return hosts.entrySet().stream()
                .filter(host -> which.test(host.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static Finding gateways(Served served, boolean hasGatewayApi) {
        if (!hasGatewayApi) {
            return ok("Gateway API", "its CustomResourceDefinitions are not installed, and Adit does without");
        }
        var own = served.snapshot()
                .all(GatewayClass.KIND)
                .filter(one -> one.controller().equals(GatewayClass.CONTROLLER))
                .map(one -> one.key().name())
                .toList();
        if (own.isEmpty()) {
            return warning(
                    "Gateway API",
                    "there is no GatewayClass of Adit",
                    "Create one with spec.controllerName: " + GatewayClass.CONTROLLER + ", if you want Gateways.");
        }
        var gateways = served.snapshot()
                .all(Gateway.KIND)
                .filter(gateway -> own.contains(gateway.className()))
                .count();
        return ok("Gateway API", "GatewayClass " + some(own) + ", with " + gateways + " Gateways");
    }

    private static String some(List<?> all) {
        var first = all.stream().limit(MOST_NAMED).map(Object::toString);
        var rest = all.size() > MOST_NAMED
                ? Stream.of("and " + (all.size() - MOST_NAMED) + " more")
                : Stream.<String>empty();
        return Stream.concat(first, rest).collect(Collectors.joining(", "));
    }
}
