package dev.adit.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.kube.IngressClass;
import dev.adit.kube.files.ManifestSet;
import dev.adit.translate.ingress.OtherClasses;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherClassesTest {
    private static final String INGRESS = """
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: shop, namespace: default%s}
            spec: {%s rules: [{host: shop.test}]}
            """;
    private static final String NGINX = """
            ---
            apiVersion: networking.k8s.io/v1
            kind: IngressClass
            metadata: {name: nginx}
            spec: {controller: k8s.io/ingress-nginx}
            """;

    @TempDir
    Path folder;

    @Test
    void an_ingress_of_a_class_that_does_not_exist_is_told_so() throws Exception {
        assertThat(why(INGRESS.formatted("", "ingressClassName: adti,")))
                .contains("spec.ingressClassName: It is not served here: there is no IngressClass adti, and this Adit"
                        + " serves adit");
    }

    @Test
    void an_ingress_of_another_controller_is_told_whose_it_is() throws Exception {
        assertThat(why(NGINX + INGRESS.formatted("", "ingressClassName: nginx,")))
                .contains("its class is nginx (controller k8s.io/ingress-nginx), and this Adit serves adit");
    }

    @Test
    void an_ingress_without_a_class_is_told_to_name_one() throws Exception {
        assertThat(why(INGRESS.formatted("", "")))
                .contains(
                        "it names no class, and IngressClass adit is not the default one. Set spec.ingressClassName: adit");
    }

    @Test
    void an_ingress_of_a_class_by_its_annotation_is_told_which_field_says_so() throws Exception {
        assertThat(why(INGRESS.formatted(", annotations: {kubernetes.io/ingress.class: traefik}", "")))
                .contains(
                        "metadata.annotations[kubernetes.io/ingress.class]: It is not served here: its class is traefik");
    }

    @Test
    void an_ingress_that_is_ours_is_told_nothing() throws Exception {
        assertThat(why(INGRESS.formatted("", "ingressClassName: adit,"))).isEmpty();
    }

    private String why(String manifests) throws Exception {
        var file = Files.writeString(folder.resolve("in.yaml"), manifests);
        var own = IngressClass.of(TranslationOptions.CLASS, TranslationOptions.CONTROLLER, false);
        var snapshot = new ManifestSet().add(file).snapshot(own);
        var problems = new OtherClasses(snapshot, TranslationOptions.of("adit")).problems(_ -> true);
        return String.join("\n", problems.stream().map(Object::toString).toList());
    }
}
