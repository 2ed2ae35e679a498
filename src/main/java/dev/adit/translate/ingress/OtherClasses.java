package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.IngressClass;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.kube.Problem;
import dev.adit.kube.Problem.Reason;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.annotation.nginx.NginxDialect;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The Ingresses that are not ours, with the reason: for whoever wonders why one has no effect. */
public final class OtherClasses {
    private static final String SPEC = "spec.ingressClassName";
    private static final String ANNOTATION = "metadata.annotations[kubernetes.io/ingress.class]";

    private final Objects objects;
    private final TranslationOptions options;
    private final String served;

    public OtherClasses(Objects objects, TranslationOptions options) {
        this.objects = objects;
        this.served = options.ingressClass();
        this.options = options;
    }

    /** Of those Ingresses that are asked for. */
    public List<Problem> problems(Predicate<Ingress> asked) {
        var selector = new ClassSelector(objects, options);
        return objects.all(Ingress.KIND)
                .filter(ingress -> asked.test(ingress) && !selector.selects(ingress))
                .map(this::problem)
                .sorted()
                .toList();
    }

    /** Whether an Ingress is served, and as by ingress-nginx, by the classes that there are now. */
    public Predicate<Ingress> ofIngressNginx() {
        var selector = new ClassSelector(objects, options);
        return ingress -> selector.dialect(ingress).equals(Optional.of(NginxDialect.DIALECT));
    }

    private Problem problem(Ingress ingress) {
        if (ingress.className().isPresent()) {
            return problem(ingress, SPEC, named(ingress.className().get()));
        }
        return ingress.classAnnotation()
                .map(name -> problem(ingress, ANNOTATION, "its class is " + name + ", and this Adit serves " + served))
                .orElseGet(() -> problem(ingress, SPEC, unnamed()));
    }

    private static Problem problem(Ingress ingress, String field, String why) {
        return Problem.of(ingress, field, Reason.CLASS_NOT_SERVED, "It is not served here: " + why);
    }

    private String named(String name) {
        var ofName = objects.find(IngressClass.KIND, new ObjectKey("", name));
        if (ofName.isEmpty()) {
            return "there is no IngressClass " + name
                    + (name.equals(served) ? "; apply it" : ", and this Adit serves " + served);
        }
        return name.equals(served)
                ? "IngressClass %s is of controller %s, and Adit's are of %s"
                        .formatted(name, ofName.get().controller(), TranslationOptions.CONTROLLER)
                : "its class is %s (controller %s), and this Adit serves %s"
                        .formatted(name, ofName.get().controller(), served);
    }

    private String unnamed() {
        return objects.find(IngressClass.KIND, new ObjectKey("", served)).isPresent()
                ? "it names no class, and IngressClass %1$s is not the default one. Set spec.ingressClassName: %1$s"
                        .formatted(served)
                : "it names no class, and there is no IngressClass " + served;
    }
}
