package dev.adit.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.adit.kube.Ingress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What users have asked, from the access log of ingress-nginx. Its usual line names the Service and not the host, so that each host
 * of that Service is asked; a line of JSON with the host is taken as it is.
 */
public final class AccessLog {
    // $remote_addr - $remote_user [$time_local] "$request" ... [$proxy_upstream_name] ...
    private static final Pattern LINE = Pattern.compile(
            "\\S+ - [^\\[]*\\[[^\\]]*\\] \"(GET|HEAD) (/[!-~]*) HTTP/[0-9.]+\"[^\\[]*(?:\\[([^\\]]*)\\])?.*");
    private static final List<String> HOSTS = List.of("host", "vhost", "http_host", "server_name");
    private static final List<String> TARGETS = List.of("request_uri", "uri", "path", "url");
    private static final List<String> METHODS = List.of("request_method", "method");

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Set<String>> hostsOfService = new HashMap<>();

    /** Of controllers that have served these. */
    public AccessLog(Collection<Ingress> ingresses) {
        for (var ingress : ingresses) {
            for (var rule : ingress.rules()) {
                for (var path : rule.paths()) {
                    if (path.backend() instanceof Ingress.Backend.Service service
                            && !rule.host().startsWith("*")) {
                        hostsOfService
                                .computeIfAbsent(upstream(ingress, service), _ -> new TreeSet<>())
                                .add(rule.host());
                    }
                }
            }
        }
    }

    private static String upstream(Ingress ingress, Ingress.Backend.Service service) {
        var port = switch (service.port()) {
            case Ingress.Port.Named(var name) -> name;
            case Ingress.Port.Numbered(var number) -> Integer.toString(number);
            case Ingress.Port.Ambiguous _, Ingress.Port.Missing _ -> "";
        };
        return ingress.key().namespace() + "-" + service.name() + "-" + port;
    }

    /** Those of its lines that are requests which change nothing, each once, and no more than so many. */
    public Set<Question> questions(Stream<String> lines, int most) {
        var questions = new TreeSet<Question>();
        for (var line : (Iterable<String>) lines::iterator) {
            for (var question : line.startsWith("{") ? ofJson(line) : ofLine(line)) {
                if (questions.size() < most) {
                    questions.add(question);
                }
            }
        }
        return questions;
    }

    private List<Question> ofLine(String line) {
        var parts = LINE.matcher(line);
        if (!parts.matches() || parts.group(3) == null) {
            return List.of();
        }
        return hostsOfService.getOrDefault(parts.group(3), Set.of()).stream()
                .flatMap(host -> both(parts.group(1), host, parts.group(2)))
                .toList();
    }

    private List<Question> ofJson(String line) {
        try {
            var entry = json.readTree(line);
            var method = first(entry, METHODS).orElse("");
            var target = first(entry, TARGETS).orElse("");
            var isAsked = (method.equals("GET") || method.equals("HEAD")) && target.startsWith("/");
            return isAsked
                    ? first(entry, HOSTS).stream()
                            .flatMap(host -> both(method, host, target))
                            .toList()
                    : List.of();
        } catch (JsonProcessingException _) {
            return List.of();
        }
    }

    private static Optional<String> first(JsonNode entry, List<String> names) {
        var values = new ArrayList<String>();
        names.forEach(name -> {
            if (entry.path(name).isTextual()) {
                values.add(entry.path(name).asText());
            }
        });
        return values.stream().findFirst();
    }

    /** Whether it came by TLS is not in the log. */
    private static Stream<Question> both(String method, String host, String target) {
        return Stream.of(new Question(method, false, host, target), new Question(method, true, host, target));
    }
}
