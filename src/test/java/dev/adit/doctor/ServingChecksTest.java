package dev.adit.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.kube.files.ManifestSet;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.assembly.Assembler;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said of what is served, and what to do about it. */
class ServingChecksTest {
    private static final String CLASS = """
            apiVersion: networking.k8s.io/v1
            kind: IngressClass
            metadata: {name: %s%s}
            spec: {controller: %s}
            ---
            """;
    private static final String INGRESS = """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: shop, namespace: default}
            spec:
              ingressClassName: adit
              rules:
              - host: shop.example.com
                http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
            status: {loadBalancer: {ingress: [{ip: 192.0.2.1}]}}
            """;
    private static final String DEFAULT = ", annotations: {ingressclass.kubernetes.io/is-default-class: 'true'}";

    @Test
    void a_class_of_another_controller_is_an_error_and_two_default_classes_are_a_warning() {
        assertThat(of(CLASS.formatted("adit", "", "example.com/other"), Map.of()))
                .anyMatch(one -> one.level() == Finding.Level.ERROR
                        && one.text()
                                .equals("IngressClass adit is of the controller example.com/other, and not of Adit"));
        assertThat(of(
                        CLASS.formatted("adit", DEFAULT, "adit.dev/ingress-controller")
                                + CLASS.formatted("x", DEFAULT, "example.com/other"),
                        Map.of()))
                .anyMatch(one -> one.level() == Finding.Level.WARNING
                        && one.text().startsWith("several IngressClasses are the default: "));
    }

    @Test
    void a_host_that_is_unknown_or_leads_elsewhere_is_named_with_where_it_should_lead() {
        var manifests = CLASS.formatted("adit", "", "adit.dev/ingress-controller") + INGRESS;
        assertThat(of(manifests, Map.of("shop.example.com", List.of("192.0.2.1"))))
                .contains(Finding.ok("DNS", "1 of 1 hosts lead to Adit"));
        assertThat(of(manifests, Map.of("shop.example.com", List.of("192.0.2.7"))))
                .anyMatch(one -> one.text().equals("these hosts lead elsewhere: shop.example.com to 192.0.2.7"));
        assertThat(of(manifests, Map.of("shop.example.com", List.of())))
                .anyMatch(one -> one.remedy().equals("Add records for them that name 192.0.2.1."));
    }

    @Test
    void a_host_may_lead_to_where_the_name_of_a_load_balancer_leads() {
        var manifests = CLASS.formatted("adit", "", "adit.dev/ingress-controller")
                + INGRESS.replace("ip: 192.0.2.1", "hostname: lb.example.net");
        assertThat(of(
                        manifests,
                        Map.of("shop.example.com", List.of("192.0.2.9"), "lb.example.net", List.of("192.0.2.9"))))
                .contains(Finding.ok("DNS", "1 of 1 hosts lead to Adit"));
    }

    @Test
    void what_the_translation_reports_is_a_warning_with_the_first_of_it() {
        assertThat(of(CLASS.formatted("adit", "", "adit.dev/ingress-controller") + INGRESS, Map.of()))
                .anyMatch(one -> one.subject().equals("problems") && one.text().contains("Service default/web"));
    }

    private static List<Finding> of(String manifests, Map<String, List<String>> hosts) {
        var options = TranslationOptions.of("adit");
        var snapshot = new ManifestSet().add("test.yaml", manifests).snapshot(options.impliedClass());
        var translation = new Assembler(options).translate(snapshot, Instant.now());
        return ServingChecks.of(new Served(snapshot, translation, "adit", hosts), false, Instant.now());
    }
}
