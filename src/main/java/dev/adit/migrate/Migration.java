package dev.adit.migrate;

import dev.adit.kube.ConfigMap;
import dev.adit.kube.Ingress;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem;
import dev.adit.kube.Service;
import dev.adit.translate.Translation;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Fidelity;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.nginx.NginxConfigMap;
import dev.adit.translate.annotation.nginx.NginxDialect;
import dev.adit.translate.ingress.OtherClasses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares what Ingresses mean to Adit with what they meant to ingress-nginx. */
public final class Migration {
    /** Where ingress-nginx is mostly installed. */
    public static final ObjectKey USUAL_CONFIG_MAP = new ObjectKey("ingress-nginx", "ingress-nginx-controller");

    private static final String FIELD = "metadata.annotations[";
    private static final String DATA = "data[";
    private static final Pattern KNOWN = Pattern.compile("[;,]? [kK]nown are ");
    // Where ingress-nginx drops the whole restriction for a value that it cannot read, or that is not there.
    private static final Set<String> OPEN_BEFORE =
            Set.of("auth-cache-duration", "auth-always-set-cookie", "auth-request-redirect");
    private static final Set<String> OPEN_WHERE_EMPTY =
            Set.of("auth-url", "allowlist-source-range", "whitelist-source-range", "denylist-source-range");
    // What one for a whole server does is done for the paths of other Ingresses, too.
    private static final String SNIPPET = "configuration-snippet";

    private final KubeSnapshot snapshot;
    private final TranslationOptions options;
    private final Translation translation;
    private final OtherClasses classes;
    private final Map<ObjectKey, List<Problem>> problems;
    // Else they are left out, and that they are missing says nothing.
    private final boolean hasServices;

    /**
     * Compares these objects.
     *
     * @param snapshot the objects
     * @param translation of it
     */
    public Migration(KubeSnapshot snapshot, TranslationOptions options, Translation translation) {
        this.snapshot = snapshot;
        this.options = options;
        this.translation = translation;
        this.classes = new OtherClasses(snapshot, options);
        this.problems = translation.problems().stream()
                .filter(problem -> problem.kind().equals("Ingress"))
                .collect(Collectors.groupingBy(Problem::object));
        this.hasServices = snapshot.all(Service.KIND).findAny().isPresent();
    }

    public MigrationReport report() {
        var settings = settings();
        var ingresses = translation.own().stream()
                .filter(classes.ofIngressNginx())
                .sorted(Comparator.comparing(Ingress::key))
                .map(ingress -> new MigrationReport.OfIngress(ingress.key(), findings(ingress, settings)))
                .toList();
        return new MigrationReport(ingresses, settings, others(), command());
    }

    /** With what the ConfigMap does to all of them. */
    private List<Finding> findings(Ingress ingress, List<Finding> settings) {
        var closing = settings.stream()
                .filter(setting -> setting.kind() == Finding.Kind.REFUSED)
                .map(setting ->
                        new Finding(Finding.Kind.REFUSED, "ConfigMap " + setting.field(), "closes all Ingresses"));
        return Stream.concat(closing, findings(ingress).stream()).toList();
    }

    private List<Finding> findings(Ingress ingress) {
        var ofField =
                problems.getOrDefault(ingress.key(), List.of()).stream().collect(Collectors.groupingBy(Problem::field));
        var findings = new ArrayList<Finding>();
        ingress.annotations(NginxDialect.DIALECT.prefix()).forEach((name, text) -> {
            var field = FIELD + NginxDialect.DIALECT.prefix() + name + "]";
            var ofKey = Optional.ofNullable(ofField.remove(field)).orElse(List.of());
            var key = NginxDialect.DIALECT.key(name).orElse(null);
            if (key != null) {
                addFidelity(key, text, field, ofKey, findings);
            }
            // What is refused has been told with what to do instead.
            if (key == null || !(key.fidelity() instanceof Fidelity.Refused)) {
                ofKey.forEach(problem -> findings.add(finding(problem, key)));
            }
        });
        ofField.values()
                .forEach(some -> some.stream()
                        .filter(problem -> hasServices || problem.reason() != Problem.Reason.SERVICE_NOT_FOUND)
                        .forEach(problem -> findings.add(finding(problem, null))));
        return findings.stream()
                .distinct()
                .sorted(Comparator.comparing(Finding::kind).reversed().thenComparing(Finding::field))
                .toList();
    }

    private static void addFidelity(
            AnnotationKey<?> key, String text, String field, List<Problem> problems, List<Finding> findings) {
        switch (key.fidelity()) {
            case Fidelity.Exact _ ->
                ValueDifferences.of(key.name(), text)
                        .ifPresent(how -> findings.add(new Finding(Finding.Kind.DIFFERS, field, how)));
            case Fidelity.NotServed _ -> {}
            case Fidelity.Differs(var how) -> {
                if (problems.stream().noneMatch(problem -> problem.reason() == Problem.Reason.ANNOTATION_INVALID)) {
                    findings.add(new Finding(Finding.Kind.DIFFERS, field, how));
                }
            }
            case Fidelity.NoMeaning _ -> findings.add(new Finding(Finding.Kind.NOTE, field, key.doc()));
            case Fidelity.Refused(var instead) -> {
                if (!problems.isEmpty()) {
                    var typed = Optional.of(text)
                            .filter(_ -> SNIPPET.equals(key.name()))
                            .flatMap(Snippet::read)
                            .map(snippet -> "write this in its place:\n" + String.join("\n", snippet.annotations()))
                            .orElse(instead);
                    findings.add(new Finding(Finding.Kind.REFUSED, field, typed));
                }
            }
        }
        var isClosed = problems.stream().anyMatch(problem -> problem.reason() == Problem.Reason.ANNOTATION_INVALID);
        if (isClosed
                && (OPEN_BEFORE.contains(key.name()) || (text.isBlank() && OPEN_WHERE_EMPTY.contains(key.name())))) {
            var message = "ingress-nginx let everybody in with this value; look who was";
            findings.add(new Finding(Finding.Kind.OPEN_BEFORE, field, message));
        }
    }

    private static Finding finding(Problem problem, @Nullable AnnotationKey<?> key) {
        var kind = switch (problem.reason()) {
            case ANNOTATION_DEFAULTED ->
                key != null && !(key.fidelity() instanceof Fidelity.Exact) ? Finding.Kind.DIFFERS : Finding.Kind.NOTE;
            case ANNOTATION_INVALID, ANNOTATION_FOREIGN, UNREADABLE, TOO_LARGE -> Finding.Kind.REFUSED;
            case ANNOTATION_UNKNOWN -> unknown(problem);
            case ANNOTATION_UNUSED -> Finding.Kind.OPEN_BEFORE;
            case ANNOTATION_IGNORED, PATH_LITERAL, SERVICE_NOT_FOUND, SERVICE_PORT_NOT_FOUND, SECRET_NOT_FOUND ->
                Finding.Kind.NOTE;
            case CERTIFICATE_INVALID -> isGuard(key) ? Finding.Kind.REFUSED : Finding.Kind.NOTE;
            case CERTIFICATE_KEY_MISMATCH, CERTIFICATE_EXPIRED, CERTIFICATE_NOT_YET_VALID, CERTIFICATE_HOST_MISMATCH ->
                Finding.Kind.NOTE;
            default -> Finding.Kind.DIFFERS;
        };
        var isUnserved = key != null
                && key.fidelity() instanceof Fidelity.NotServed
                && problem.reason() == Problem.Reason.ANNOTATION_DEFAULTED;
        return new Finding(
                kind, problem.field(), isUnserved ? "Adit does not serve it, and it has no effect" : text(problem));
    }

    private static boolean isGuard(@Nullable AnnotationKey<?> key) {
        return key != null && key.restrictsAccess();
    }

    /** One that is nearly a name of those that keep clients out closes its Ingress. */
    private static Finding.Kind unknown(Problem problem) {
        var name = problem.field().substring(problem.field().indexOf('/') + 1).replace("]", "");
        return NginxDialect.DIALECT.isMeantToRestrict(name) ? Finding.Kind.REFUSED : Finding.Kind.NOTE;
    }

    private List<Finding> settings() {
        var findings = new ArrayList<Finding>();
        var configMap = options.configMap().flatMap(key -> snapshot.find(ConfigMap.KIND, key));
        configMap.ifPresent(found -> found.entries()
                .forEach((name, text) -> NginxConfigMap.DIALECT
                        .key(name)
                        .flatMap(key -> setting(key, text))
                        .ifPresent(findings::add)));
        translation.problems().stream()
                .filter(problem -> problem.kind().equals("ConfigMap"))
                .forEach(problem -> findings.add(new Finding(
                        closes(problem.field()) ? Finding.Kind.REFUSED : Finding.Kind.DIFFERS,
                        problem.field(),
                        text(problem))));
        return List.copyOf(findings);
    }

    /** Of one that is read, and means nothing here or something else. */
    private static Optional<Finding> setting(AnnotationKey<?> key, String text) {
        var field = DATA + key.name() + "]";
        return switch (key.fidelity()) {
            case Fidelity.NoMeaning _ -> Optional.of(new Finding(Finding.Kind.NOTE, field, "has no meaning for Adit"));
            case Fidelity.Differs(var how)
            when !text.equals("false") && key.reading().apply(text.strip()).isPresent() ->
                Optional.of(new Finding(Finding.Kind.DIFFERS, field, how));
            case Fidelity.Differs _, Fidelity.Exact _, Fidelity.NotServed _, Fidelity.Refused _ -> Optional.empty();
        };
    }

    private static boolean closes(String field) {
        return field.startsWith(DATA)
                && NginxConfigMap.DIALECT
                        .key(field.substring(DATA.length(), field.length() - 1))
                        .filter(key -> key.onError() == OnError.CLOSE)
                        .isPresent();
    }

    /** Without the list of all that is known. */
    private static String text(Problem problem) {
        var known = KNOWN.matcher(problem.message());
        return known.find() ? problem.message().substring(0, known.start()) : problem.message();
    }

    private List<Finding> others() {
        var broken = translation.problems().stream()
                .filter(problem -> problem.reason() == Problem.Reason.MANIFEST_INVALID)
                .map(problem -> new Finding(
                        Finding.Kind.REFUSED,
                        problem.kind() + " " + problem.object() + " " + problem.field(),
                        problem.message()));
        var others = classes.problems(_ -> true).stream()
                .map(problem -> new Finding(
                        Finding.Kind.NOTE,
                        "Ingress " + problem.object() + " " + problem.field(),
                        problem.message() + hint(problem)));
        return Stream.concat(broken, others).toList();
    }

    private String hint(Problem problem) {
        return snapshot.find(Ingress.KIND, problem.object())
                .filter(ingress -> ingress.className().isEmpty()
                        && ingress.classAnnotation().isEmpty())
                .map(
                        _ ->
                                ". Where ingress-nginx serves it with --watch-ingress-without-class, give that option here, too")
                .orElse("");
    }

    private List<String> command() {
        var command = new ArrayList<>(List.of("adit", "serve", "--ingress-nginx"));
        if (options.ingressNginx() == TranslationOptions.IngressNginx.CLASS_OR_NONE) {
            command.add("--watch-ingress-without-class");
        }
        options.configMap().ifPresent(key -> command.add("--configmap=" + key));
        options.defaultBackend()
                .ifPresent(backend -> command.add("--default-backend=" + backend.service()
                        + backend.port().map(port -> ":" + port).orElse("")));
        return List.copyOf(command);
    }
}
