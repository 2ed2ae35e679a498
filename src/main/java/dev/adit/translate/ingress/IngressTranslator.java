package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.kube.Problem;
import dev.adit.kube.Problem.Reason;
import dev.adit.routing.Hostname;
import dev.adit.routing.Route;
import dev.adit.routing.RouteOrigin;
import dev.adit.translate.ApiTranslator;
import dev.adit.translate.Draft;
import dev.adit.translate.Problems;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.annotation.AnnotationReader;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.ClassParameters;
import dev.adit.translate.annotation.Dialect;
import dev.adit.translate.annotation.adit.AditDialect;
import dev.adit.translate.annotation.nginx.NginxConfigMap;
import dev.adit.translate.annotation.nginx.NginxDialect;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ingress v1: what all own Ingresses together mean. */
public final class IngressTranslator implements ApiTranslator {
    // The first fails where any Ingress does; the second should not.
    private static final int ATTEMPTS = 4;
    // Of no annotation: "/" begins none.
    private static final String NO_PREFIX = "/";

    private final TranslationOptions options;

    public IngressTranslator(TranslationOptions options) {
        this.options = options;
    }

    /**
     * What all own Ingresses mean. One after the other is read into the same tables; where one fails, by whatever {@link
     * Throwable}, half of it may be in them, and all others are read once more without it.
     */
    @Override
    public void translate(Objects objects, Draft draft) {
        var selector = new ClassSelector(objects, options);
        var own = selector.sorted(objects.all(Ingress.KIND).filter(selector::selects));
        own.forEach(draft::own);
        var refusals = new Refusals(
                ingress -> selector.dialect(ingress).orElse(AditDialect.DIALECT), options.ignoresForeignAnnotations());
        own.forEach(refusals::judge);
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var refused = refusals.size();
            var result = new Attempt(objects, draft, selector, refusals).translate(own);
            if (refusals.size() == refused) {
                result.run();
                return;
            }
        }
        throw new IllegalStateException("with each attempt another Ingress could not be read; the last was "
                + refusals.problems().stream().reduce((_, last) -> last).orElseThrow());
    }

    /** One reading of all, with what those say that are not refused; others may be refused meanwhile. */
    private final class Attempt {
        private final Objects objects;
        private final Draft draft;
        private final ClassSelector selector;
        private final Problems problems = new Problems();
        private final Refusals refusals;

        Attempt(Objects objects, Draft draft, ClassSelector selector, Refusals refusals) {
            this.selector = selector;
            this.objects = objects;
            this.draft = draft;
            this.refusals = refusals;
        }

        private AnnotationReader annotations(Annotations ofNginx, Objects noted) {
            var ofAdit = ofClass(AditDialect.DIALECT, noted, selector, problems);
            return new AnnotationReader(
                    ingress -> selector.dialect(ingress).equals(Optional.of(NginxDialect.DIALECT)) ? ofNginx : ofAdit,
                    problems);
        }

        private Annotations ofNginx(Objects noted) {
            var none = new ClassParameters(NginxDialect.DIALECT, noted, options.ownNamespace(), problems);
            var configMap = new ClassParameters(NginxConfigMap.DIALECT, noted, options.ownNamespace(), problems);
            if (options.ingressNginx() == TranslationOptions.IngressNginx.NONE) {
                return none.none();
            }
            return options.configMap().map(key -> none.over(configMap.of(key))).orElseGet(none::none);
        }

        /** Returns what writes it into the draft. */
        Runnable translate(List<Ingress> own) {
            var looks = draft.looks();
            var noted = looks.over(objects);
            var ofNginx = ofNginx(noted);
            var annotations = annotations(ofNginx, noted);
            var nginx = NginxHosts.of(own, annotations);
            var backends = new BackendResolver(noted, options, annotations, problems);
            var owners = new HostOwners();
            var hosts = new HostCollector(owners, annotations, selector.oldestFirst(), problems);
            var clients = new ClientCaResolver(noted, annotations, problems);
            var passwords = new PasswordResolver(noted, annotations, problems);
            var foreign = new ForeignRestrictions(annotations, options.ignoresForeignAnnotations(), problems);
            var fields = new FieldMapResolver(noted, annotations, ofNginx, problems);
            var admissions = new Admissions(annotations, clients, passwords, fields, foreign, nginx, owners);
            var mirrors = new MirrorResolver(backends, annotations, problems);
            var policies = new IngressPolicies(options, annotations, admissions, nginx, mirrors, fields, problems);
            var pages = new ErrorPagesResolver(options, backends, annotations, problems);
            var rules = new RuleReader(
                    options, hosts, owners, backends, annotations, admissions, nginx, policies, pages, problems);
            var certificates = new CertificateResolver(noted, owners, nginx::isNginx, problems, draft.now());
            var defaults = new HashMap<ObjectKey, Route>();
            for (var ingress : own) {
                looks.begin(ingress.ref());
                try {
                    if (refusals.contains(ingress)) {
                        refusals.close(ingress, hosts, owners, rules)
                                .ifPresent(route -> defaults.put(ingress.key(), route));
                    } else {
                        rules.read(ingress).ifPresent(route -> defaults.put(ingress.key(), route));
                        certificates.resolve(ingress);
                    }
                } catch (Throwable e) {
                    refusals.add(ingress, e);
                }
            }
            looks.end();
            refusals.problems().forEach(problems::add);
            var defaultRoute = draft.general().or(() -> defaultRoute(own, defaults, backends));
            var all = hosts.hosts(defaultRoute);
            hosts.aliases()
                    .forEach((name, alias) -> certificates.alias(
                            name, alias.of(), alias.redirect().isPresent()));
            return () -> {
                draft.hold(hosts.holders());
                oldestDefault(own, defaults).ifPresent(ingress -> draft.hold(Map.of(Hostname.ANY, ingress)));
                draft.route(all, certificates.certificates(), backends.upstreams(), defaultRoute);
                draft.refuse(problems.all());
            };
        }
    }

    private Annotations ofClass(Dialect dialect, Objects objects, ClassSelector selector, Problems problems) {
        var parameters = new ClassParameters(dialect, objects, options.ownNamespace(), problems);
        var own = selector.own();
        if (own.isEmpty()) {
            return parameters.none();
        }
        try {
            return parameters.of(own.get());
        } catch (Throwable e) {
            var key = own.get().key();
            problems.add(Problem.unreadable("IngressClass", key, own.get().uid(), e, "It is served without settings"));
            return parameters.none();
        }
    }

    /** Whether an Ingress keeps clients out, or means to. */
    public boolean restrictsAccess(Ingress ingress) {
        // Whatever its class: that may change too.
        return restricts(ingress, AditDialect.DIALECT)
                || (options.ingressNginx() != TranslationOptions.IngressNginx.NONE
                        && restricts(ingress, NginxDialect.DIALECT))
                || (!options.ignoresForeignAnnotations() && ForeignRestrictions.close(ingress, NO_PREFIX));
    }

    private static boolean restricts(Ingress ingress, Dialect dialect) {
        return ingress.annotationNames(dialect.prefix()).anyMatch(dialect::isMeantToRestrict);
    }

    /** Whether an Ingress is ours, by the classes among some objects. */
    public boolean selects(Objects classes, Ingress ingress) {
        return new ClassSelector(classes, options).selects(ingress);
    }

    /** In which order Ingresses come to own what they share, by the classes among some objects. */
    public Comparator<Ingress> oldestFirst(Objects classes) {
        return new ClassSelector(classes, options).oldestFirst();
    }

    private static Optional<Ingress> oldestDefault(List<Ingress> own, Map<ObjectKey, Route> defaults) {
        return own.stream()
                .filter(ingress -> defaults.containsKey(ingress.key()))
                .findFirst();
    }

    /** The oldest default backend, then that of the command line. */
    private Optional<Route> defaultRoute(List<Ingress> own, Map<ObjectKey, Route> defaults, BackendResolver backends) {
        return oldestDefault(own, defaults)
                .map(ingress -> java.util.Objects.requireNonNull(defaults.get(ingress.key())))
                .or(() -> options.defaultBackend().map(b -> {
                    var action = backends.resolve(b.service(), b.port())
                            .<Route.Action>map(forward -> forward)
                            .orElseGet(() -> BackendResolver.unavailable(Reason.SERVICE_NOT_FOUND));
                    var origin =
                            new RouteOrigin(b.service().namespace(), b.service().name(), HostCollector.COMMAND_LINE);
                    return new Route(RuleReader.EVERY_REQUEST, action, origin);
                }));
    }
}
