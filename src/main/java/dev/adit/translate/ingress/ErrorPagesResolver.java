package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem.Reason;
import dev.adit.routing.Route.Action;
import dev.adit.routing.policy.ErrorPages;
import dev.adit.routing.policy.FieldEdit.Field;
import dev.adit.routing.policy.FieldName;
import dev.adit.routing.policy.FieldValue;
import dev.adit.translate.Problems;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.annotation.AnnotationReader;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.nginx.ErrorResponses;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the Services of {@code default-backend}, and what they are told of a path. */
final class ErrorPagesResolver {
    private final TranslationOptions options;
    private final BackendResolver backends;
    private final AnnotationReader annotations;
    private final Problems problems;
    private final Map<ObjectKey, Optional<Own>> resolved = new HashMap<>();

    /**
     * The Service of an annotation.
     *
     * @param standIn asked as the Service of a path would be; empty where it is not known how
     * @param pages asked for pages, as by nginx in a way of its own
     */
    private record Own(Optional<ErrorPages.Backend> standIn, ErrorPages.Backend pages) {}

    ErrorPagesResolver(
            TranslationOptions options, BackendResolver backends, AnnotationReader annotations, Problems problems) {
        this.options = options;
        this.backends = backends;
        this.annotations = annotations;
        this.problems = problems;
    }

    /** Of requests that no path takes. */
    Optional<ErrorPages> of(Ingress ingress) {
        return of(ingress, List.of());
    }

    Optional<ErrorPages> of(Ingress ingress, Ingress.Backend backend) {
        return of(ingress, backend instanceof Ingress.Backend.Service service ? fields(service) : List.of());
    }

    private Optional<ErrorPages> of(Ingress ingress, List<Field> ofBackend) {
        var of = annotations.of(ingress);
        var statuses = of.get(ErrorResponses.CUSTOM_HTTP_ERRORS).orElse(Set.of());
        var own = resolved.computeIfAbsent(ingress.key(), _ -> resolve(ingress));
        if (statuses.isEmpty() && own.isEmpty()) {
            return Optional.empty();
        }
        var isOwn = of.has(ErrorResponses.CUSTOM_HTTP_ERRORS);
        var about = new ArrayList<Field>();
        field("x-namespace", ingress.key().namespace()).ifPresent(about::add);
        field("x-ingress-name", ingress.key().name()).ifPresent(about::add);
        about.addAll(ofBackend);
        return Optional.of(new ErrorPages(
                own.flatMap(Own::standIn),
                statuses,
                statuses.isEmpty() ? List.of() : pages(own.filter(_ -> isOwn)),
                !isDisabled(of, isOwn),
                about));
    }

    /** As in nginx, an annotation says it of its own statuses alone, and the ConfigMap of those that it has. */
    private static boolean isDisabled(Annotations of, boolean isOwn) {
        var said = isOwn && of.has(ErrorResponses.DISABLE_INTERCEPT)
                ? of.get(ErrorResponses.DISABLE_INTERCEPT)
                : isOwn ? Optional.<Boolean>empty() : of.ofClass(ErrorResponses.DISABLE_INTERCEPT);
        return said.orElse(false);
    }

    private List<ErrorPages.Backend> pages(Optional<Own> own) {
        return Stream.concat(own.map(Own::pages).stream(), general().stream()).toList();
    }

    /** That of the command line, looked up for each Ingress that needs it, so that a change of it reaches all of them. */
    private Optional<ErrorPages.Backend> general() {
        return options.defaultBackend()
                .flatMap(backend -> backends.resolve(backend.service(), backend.port()))
                .flatMap(ErrorPagesResolver::backend);
    }

    private Optional<Own> resolve(Ingress ingress) {
        var field = annotations.field(ingress, ErrorResponses.DEFAULT_BACKEND);
        return annotations
                .of(ingress)
                .get(ErrorResponses.DEFAULT_BACKEND)
                .map(name -> new ObjectKey(ingress.key().namespace(), name))
                .flatMap(service -> {
                    var found = backends.resolve(service, Optional.empty());
                    if (found.isEmpty()) {
                        var message = "Service " + service
                                + " does not exist, or has no port; create it or correct the name. Until"
                                + " then the Ingress is served as if the annotation were not there";
                        problems.add(ingress, field, Reason.SERVICE_NOT_FOUND, message);
                    }
                    return found.map(pages -> own(ingress, field, pages));
                });
    }

    private Own own(Ingress ingress, String field, Action.Forward pages) {
        var port = new Ingress.Port.Numbered(pages.upstream().port());
        var asked = new Ingress.Backend.Service(pages.upstream().service(), port);
        return new Own(
                backend(backends.resolve(ingress, field, asked)),
                new ErrorPages.Backend(pages.upstream(), pages.policy()));
    }

    private static Optional<ErrorPages.Backend> backend(Action action) {
        return action instanceof Action.Forward(var upstream, var policy)
                ? Optional.of(new ErrorPages.Backend(upstream, policy))
                : Optional.empty();
    }

    private static List<Field> fields(Ingress.Backend.Service service) {
        return Stream.of(
                        field("x-service-name", service.name()),
                        field("x-service-port", service.port().text()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Field> field(String name, String text) {
        return FieldValue.of(text).filter(_ -> !text.isEmpty()).map(value -> new Field(new FieldName(name), value));
    }
}
