package dev.adit.translate;

import dev.adit.kube.Ingress;
import dev.adit.kube.Ingress.Backend;
import dev.adit.kube.Ingress.Path;
import dev.adit.kube.Ingress.Port;
import dev.adit.kube.Ingress.Rule;
import dev.adit.kube.Ingress.Tls;
import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeObject;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Secret;
import dev.adit.kube.Service;
import dev.adit.x509.Pem;
import dev.adit.x509.SelfSigned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Ingresses with everything that one can say, for hosts and paths that they all want, in namespaces with the same objects. */
final class Tenants {
    static final List<String> NAMESPACES = List.of("a", "b", "c");

    private static final List<String> HOSTS =
            List.of("", "a.test", "A.Test.", "*.test", "*.TEST", "x.a.test", "*.a.test", "-no-");
    private static final List<String> PATHS = List.of(
            "/",
            "/%2e",
            "/a",
            "/%61",
            "/a/",
            "/a/b",
            "/a/%2E/b",
            "/b/%2e%2e/a",
            "/a%2fb",
            "/a?b",
            "/é",
            "no/slash",
            "",
            "/.well-known",
            "/%2Ewell-known/acme-challenge",
            "/.well-known/acme-challenge/t",
            "/.well-known/%61cme-challenge/t",
            "/.well-known/acme-challenge/t/u");
    private static final List<Map<String, String>> SETTINGS = List.of(
            Map.of(),
            Map.of("adit.dev/ssl-redirect", "true", "adit.dev/hsts", "5"),
            Map.of("adit.dev/ssl-passthrough", "true"),
            Map.of("adit.dev/client-ca", "members"),
            Map.of("adit.dev/client-ca", "gone"),
            Map.of("adit.dev/client-cas", "members"),
            Map.of("adit.dev/client-ca", "members", "adit.dev/ssl-passthrough", "true"),
            Map.of("adit.dev/hsts", "often"));
    private static final List<Secret> SECRETS = new ArrayList<>();

    static {
        var rsa =
                new Secret.Content.KeyPair(Pem.privateKey(resource("rsa.key")), Pem.certificates(resource("rsa.crt")));
        for (var namespace : NAMESPACES) {
            SECRETS.add(secret(namespace, "exact", pair("a.test")));
            SECRETS.add(secret(namespace, "wildcard", pair("*.a.test")));
            SECRETS.add(secret(namespace, "rsa", rsa));
            var authority = SelfSigned.generate(namespace, namespace, Instant.EPOCH, Duration.ofDays(1));
            var trusted = new Secret.Authorities.Trusted(List.of(authority.certificate()));
            var nothing = new Secret.Content.Broken("tls.crt", "is missing", false, Optional.empty());
            SECRETS.add(new Secret(new ObjectKey(namespace, "members"), nothing, trusted));
        }
    }

    private Tenants() {}

    /** An Ingress without a name, an age or a namespace. */
    record Draft(
            List<Rule> rules,
            List<Tls> tls,
            Optional<Backend> defaultBackend,
            Map<String, String> settings,
            boolean isAcmeSolver) {
        Ingress named(String namespace, String name, int second) {
            return new Ingress(
                    new ObjectKey(namespace, name),
                    "",
                    Instant.ofEpochSecond(second),
                    Optional.of("adit"),
                    Optional.empty(),
                    defaultBackend,
                    rules,
                    tls,
                    isAcmeSolver,
                    settings,
                    List.of());
        }
    }

    static Arbitrary<Draft> draft() {
        var backend = Arbitraries.of("web", "web", "web", "gone").map(Tenants::backend);
        var path = Combinators.combine(
                        Arbitraries.of(PATHS), Arbitraries.of("Exact", "Prefix", "ImplementationSpecific"), backend)
                .as(Path::new);
        var rule = Combinators.combine(Arbitraries.of(HOSTS), path.list().ofMaxSize(3))
                .as(Rule::new);
        var tls = Combinators.combine(
                        Arbitraries.of(HOSTS).list().ofMaxSize(2),
                        Arbitraries.of("exact", "wildcard", "rsa", "gone", ""))
                .as(Tls::new);
        return Combinators.combine(
                        rule.list().ofMaxSize(2),
                        tls.list().ofMaxSize(2),
                        backend.optional(0.2),
                        Arbitraries.of(SETTINGS),
                        Arbitraries.of(true, false))
                .as(Draft::new);
    }

    static KubeSnapshot snapshot(Collection<Ingress> ingresses) {
        var items = new ArrayList<KubeObject>(ingresses);
        items.addAll(SECRETS);
        items.add(IngressClass.of("adit", TranslationOptions.CONTROLLER, true));
        for (var namespace : NAMESPACES) {
            var ports = List.of(new Service.Port("", 80, ""));
            items.add(new Service(new ObjectKey(namespace, "web"), "", "", false, ports, List.of(), Optional.empty()));
        }
        return KubeSnapshot.of(items.stream(), Set.of(), List.of());
    }

    private static Backend backend(String service) {
        return new Backend.Service(service, new Port.Numbered(80));
    }

    private static Secret secret(String namespace, String name, Secret.Content content) {
        return new Secret(new ObjectKey(namespace, name), content, new Secret.Authorities.None());
    }

    private static Secret.Content pair(String host) {
        var made = SelfSigned.generate(host, host, Instant.EPOCH, Duration.ofDays(1));
        return new Secret.Content.KeyPair(made.key(), List.of(made.certificate()));
    }

    private static String resource(String name) {
        try (var stream = Tenants.class.getResourceAsStream("/x509/" + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
