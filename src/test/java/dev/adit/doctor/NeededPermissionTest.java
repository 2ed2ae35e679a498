package dev.adit.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the ServiceAccount is asked about depends on what is served, and on what the API server has. */
class NeededPermissionTest {
    @Test
    void of_all_namespaces_everything_that_is_followed_has_to_be_listed_there() {
        assertThat(texts(Optional.empty(), true))
                .contains(
                        "list ingresses.networking.k8s.io in all namespaces",
                        "watch endpointslices.discovery.k8s.io in all namespaces",
                        "list httproutes.gateway.networking.k8s.io in all namespaces",
                        "list namespaces in all namespaces",
                        "patch ingresses.networking.k8s.io/status in all namespaces",
                        "patch leases.coordination.k8s.io adit-leader in namespace adit-system");
    }

    @Test
    void of_one_namespace_nothing_is_needed_in_the_others_but_classes() {
        assertThat(texts(Optional.of("apps"), true))
                .contains("list ingresses.networking.k8s.io in namespace apps", "get secrets in namespace apps")
                .doesNotContain("list namespaces in all namespaces")
                .filteredOn(text -> text.endsWith("in all namespaces"))
                .allMatch(text -> text.contains("classes"));
    }

    @Test
    void what_only_some_installations_need_follows_from_their_arguments() {
        assertThat(texts(Optional.empty(), false)).doesNotContain("list secrets in all namespaces");
        assertThat(texts(Optional.empty(), false, "serve", "--secrets=get"))
                .doesNotContain("list secrets in all namespaces");
        assertThat(texts(Optional.empty(), false, "serve", "--publish-nodes", "--gateway-addresses=service"))
                .contains(
                        "list secrets in all namespaces",
                        "list pods in namespace adit-system",
                        "delete services in namespace adit-system");
    }

    @Test
    void without_the_gateway_api_nobody_is_asked_about_its_kinds() {
        assertThat(texts(Optional.empty(), false))
                .noneMatch(text -> text.contains("gateway") || text.contains("list namespaces"));
    }

    private static List<String> texts(Optional<String> watched, boolean hasGatewayApi, String... arguments) {
        return NeededPermission.all("adit-system", watched, hasGatewayApi, List.of(arguments)).stream()
                .map(NeededPermission::text)
                .toList();
    }
}
