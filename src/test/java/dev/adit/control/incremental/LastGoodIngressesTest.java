package dev.adit.control.incremental;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.files.ManifestSet;
import dev.adit.routing.text.RoutingText;
import dev.adit.translate.Translation;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.assembly.Assembler;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Ingresses that are edited into a fault. */
class LastGoodIngressesTest {
    private static final IngressClass OURS = IngressClass.of("adit", TranslationOptions.CONTROLLER, true);

    private final Assembler translator = new Assembler(TranslationOptions.of("adit"));
    private final LastGoodIngresses ingresses = new LastGoodIngresses(translator::restrictsAccess);

    @Test
    void one_that_is_edited_into_a_fault_is_served_as_it_was_and_told_of() {
        translate("", "/one", "u1");
        var faulty = translate("adit.dev/response-timeout: soon", "/two", "u1");
        assertThat(routes(faulty)).contains("Prefix /one").doesNotContain("/two");
        assertThat(faulty.problems().getFirst().toString())
                .contains("'soon' is not valid")
                .endsWith("The last good version of the whole Ingress stays in force");
        assertThat(routes(translate("adit.dev/response-timeout: 5s", "/two", "u1")))
                .contains("Prefix /two")
                .doesNotContain("/one");
    }

    @Test
    void one_that_never_was_without_a_fault_is_served_as_far_as_it_can_be() {
        assertThat(routes(translate("adit.dev/response-timeout: soon", "/one", "u1")))
                .contains("Prefix /one");
    }

    @Test
    void another_object_of_the_same_name_has_no_past() {
        translate("", "/one", "u1");
        assertThat(routes(translate("adit.dev/hsts: often", "/two", "u2"))).contains("Prefix /two");
    }

    @Test
    void a_fault_that_is_elsewhere_holds_nothing_back() {
        translate("", "/one", "u1");
        assertThat(routes(translate("", "/two", "u1", "gone"))).contains("Prefix /two -> 503");
    }

    @Test
    void an_edit_that_restricts_access_is_never_held_back() {
        translate("", "/one", "u1");
        var restricted = translate("adit.dev/hsts: often, adit.dev/client-ca: members", "/two", "u1");
        assertThat(routes(restricted)).contains("Prefix /two -> 503").doesNotContain("/one");
    }

    @Test
    void an_edit_that_loses_what_kept_others_out_to_a_misspelling_is_held_back() {
        var guarded = translate("adit.dev/client-ca: members", "/one", "u1");
        assertThat(routes(guarded)).contains("Prefix /one -> 503");
        assertThat(routes(translate("adit.dev/ca-of-clients: members", "/two", "u1")))
                .contains("Prefix /one -> 503")
                .doesNotContain("/two");
        assertThat(routes(translate("", "/two", "u1"))).contains("Prefix /two -> default/web:80");
    }

    private Translation translate(String annotations, String path, String uid) {
        return translate(annotations, path, uid, "web");
    }

    private Translation translate(String annotations, String path, String uid, String service) {
        var snapshot = new ManifestSet()
                .add("in.yaml", """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: web, uid: %s, annotations: {%s}}
                spec:
                  rules:
                  - host: web.test
                    http: {paths: [{path: %s, pathType: Prefix, backend: {service: {name: %s, port: {number: 80}}}}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {ports: [{port: 80}]}
                """.formatted(uid, annotations, path, service))
                .snapshot(OURS);
        return ingresses.translate(snapshot, current -> translate(current));
    }

    private Translation translate(KubeSnapshot snapshot) {
        return translator.translate(snapshot, Instant.EPOCH);
    }

    private static String routes(Translation translation) {
        return RoutingText.of(translation.table(), translation.endpoints()).toString();
    }
}
