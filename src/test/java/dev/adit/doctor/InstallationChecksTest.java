package dev.adit.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.kube.LoadBalancerAddress;
import dev.adit.kube.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is said of an installation, and what to do about it. */
class InstallationChecksTest {
    private static final ObjectKey ACCOUNT = new ObjectKey("adit-system", "adit");
    private static final LoadBalancerAddress ADDRESS = LoadBalancerAddress.of("192.0.2.1");

    @Test
    void of_a_healthy_one_nothing_has_to_be_done() {
        assertThat(InstallationChecks.of(
                        installation(Duration.ofSeconds(1), List.of(), pod(true, ""), service(true, List.of(ADDRESS)))))
                .hasSize(6)
                .allMatch(finding ->
                        finding.level() == Finding.Level.OK && finding.remedy().isEmpty());
    }

    @Test
    void a_clock_that_is_off_by_more_than_answers_can_be_is_a_warning() {
        assertThat(found(
                        "clock",
                        installation(
                                Duration.ofSeconds(-40), List.of(), pod(true, ""), service(true, List.of(ADDRESS)))))
                .returns(Finding.Level.WARNING, Finding::level)
                .returns("the clock of the API server is 40 s behind that of this machine", Finding::text);
    }

    @Test
    void a_missing_permission_is_named_and_is_an_error() {
        var denied = List.of("list ingresses.networking.k8s.io in all namespaces");
        assertThat(found(
                        "permissions",
                        installation(Duration.ZERO, denied, pod(true, ""), service(true, List.of(ADDRESS)))))
                .returns(Finding.Level.ERROR, Finding::level)
                .extracting(Finding::text)
                .asString()
                .contains("adit-system/adit may not list ingresses");
    }

    @Test
    void a_pod_that_is_not_ready_is_an_error_with_what_is_said_of_it_where_there_is_no_other() {
        assertThat(found(
                        "pods",
                        installation(
                                Duration.ZERO,
                                List.of(),
                                pod(false, "ImagePullBackOff"),
                                service(true, List.of(ADDRESS)))))
                .returns(Finding.Level.ERROR, Finding::level)
                .returns("1 of 1 is not ready: ImagePullBackOff", Finding::text)
                .returns("See more: kubectl -n adit-system describe pod adit-1", Finding::remedy);
    }

    @Test
    void a_workload_without_any_pod_is_an_error_that_says_where_the_reason_stands() {
        assertThat(found("pods", installation(Duration.ZERO, List.of(), null, service(true, List.of(ADDRESS)))))
                .returns(Finding.Level.ERROR, Finding::level)
                .returns("DaemonSet adit is to have 2 pods and has none", Finding::text)
                .extracting(Finding::remedy)
                .asString()
                .contains("kubectl -n adit-system describe daemonset adit");
    }

    @Test
    void a_load_balancer_without_an_address_is_an_error_and_one_that_hides_clients_a_warning() {
        var findings = installation(Duration.ZERO, List.of(), pod(true, ""), service(false, List.of()));
        assertThat(found("address", findings).level()).isEqualTo(Finding.Level.ERROR);
        assertThat(found("clients", findings).level()).isEqualTo(Finding.Level.WARNING);
    }

    private static Finding found(String subject, Installation installation) {
        return InstallationChecks.of(installation).stream()
                .filter(finding -> finding.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    private static Installation.Pod pod(boolean isReady, String why) {
        return new Installation.Pod("adit-1", isReady, why);
    }

    private static Installation.Exposure service(boolean keepsClients, List<LoadBalancerAddress> addresses) {
        return new Installation.Exposure("adit", "LoadBalancer", keepsClients, addresses);
    }

    private static Installation installation(
            Duration ahead, List<String> denied, Installation.@Nullable Pod pod, Installation.Exposure service) {
        return new Installation(
                "https://192.0.2.9:6443/",
                "v1.37.2",
                Optional.of(ahead),
                ACCOUNT,
                Optional.of(denied),
                Optional.of(List.of(new Installation.Workload("DaemonSet", "adit", 2, List.of("serve")))),
                pod == null ? Optional.of(List.of()) : Optional.of(List.of(pod)),
                Optional.of(List.of(service)),
                false);
    }
}
