package dev.adit.bench;

import dev.adit.testbed.Adit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Adit in both builds, and the peers that are installed here; whoever is missing is named. */
public final class Subjects {
    private Subjects() {}

    public static List<Subject> present() {
        var subjects = new ArrayList<Subject>();
        add(
                        subjects,
                        "Adit native",
                        Optional.of(Adit.ROOT.resolve("target/adit")).filter(Files::exists),
                        "make native")
                .ifPresent(path -> subjects.add(adit("Adit native", path, List.of(path.toString()))));
        subjects.add(adit("Adit on the JVM", Adit.ROOT.resolve("target/quarkus-app"), Adit.jvmCommand()));
        add(subjects, "Traefik", found("traefik"), "put traefik on the PATH, or name it in TRAEFIK")
                .ifPresent(path -> subjects.add(new Subject(
                        "Traefik", "traefik.io/ingress-controller", path, setting -> traefik(path, setting))));
        add(subjects, "nginx", found("nginx"), "apt-get install nginx-light")
                .ifPresent(path -> subjects.add(new Subject(
                        "nginx",
                        "",
                        path,
                        s -> new Subject.Command(
                                path.toString(),
                                "-p",
                                s.directory().toString(),
                                "-c",
                                PeerFiles.nginx(s).toString()))));
        add(subjects, "haproxy", found("haproxy"), "apt-get install haproxy")
                .ifPresent(path -> subjects.add(new Subject(
                        "haproxy",
                        "",
                        path,
                        s -> new Subject.Command(
                                path.toString(),
                                "-db",
                                "-f",
                                PeerFiles.haproxy(s).toString()))));
        add(subjects, "caddy", found("caddy"), "apt-get install caddy")
                .ifPresent(path -> subjects.add(new Subject("caddy", "", path, s -> caddy(path, s))));
        return subjects;
    }

    private static Optional<Path> add(List<Subject> subjects, String name, Optional<Path> path, String remedy) {
        if (path.isEmpty()) {
            System.err.println("SKIPPED " + name + ": not here (" + remedy + ")");
        }
        return path;
    }

    public static Optional<Path> found(String program) {
        var named = Optional.ofNullable(System.getenv(program.toUpperCase(java.util.Locale.ROOT))).stream();
        var folders = System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin";
        return Stream.concat(
                        named.filter(path -> !path.isEmpty()),
                        Stream.of(folders.split(":")).map(folder -> folder + "/" + program))
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Subject adit(String name, Path size, List<String> command) {
        return new Subject(name, "adit.dev/ingress-controller", size, setting -> {
            var words = new ArrayList<>(command);
            words.addAll(List.of(
                    "serve",
                    "--ingress-class=edge",
                    "--http-port=" + setting.http(),
                    "--https-port=" + setting.https(),
                    "--management-port=" + setting.probe()));
            return new Subject.Command(
                    words, Map.of("KUBECONFIG", setting.kubeconfig().toString()));
        });
    }

    private static Subject.Command traefik(Path path, Setting setting) {
        return new Subject.Command(
                path.toString(),
                "--entrypoints.web.address=:" + setting.http(),
                "--entrypoints.websecure.address=:" + setting.https(),
                "--entrypoints.websecure.http.tls=true",
                "--providers.kubernetesingress.endpoint=" + setting.api(),
                "--providers.kubernetesingress.token=" + setting.token(),
                "--providers.kubernetesingress.certauthfilepath=" + setting.ca(),
                "--global.checknewversion=false",
                "--global.sendanonymoususage=false");
    }

    private static Subject.Command caddy(Path path, Setting setting) throws IOException {
        var home = setting.directory().toString();
        return new Subject.Command(
                List.of(
                        path.toString(),
                        "run",
                        "--config",
                        PeerFiles.caddy(setting).toString()),
                Map.of("HOME", home, "XDG_DATA_HOME", home, "XDG_CONFIG_HOME", home));
    }
}
