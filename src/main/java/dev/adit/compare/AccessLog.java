package dev.adit.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.adit.kube.Ingress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What users have asked, from the access log of ingress-nginx. Its usual line names the Service and not the host, so that each host
 * of that Service is asked; a line of JSON with the host is taken as it is.
 */
public final class AccessLog {
    // $remote_addr - $remote_user [$time_local] "$request" ... "$http_user_agent" $request_length $request_time
    // [$proxy_upstream_name] [
    // and before it what a container runtime writes.
    private static final Pattern LINE = Pattern.compile(
            "(?:\\S+ std(?:out|err) [FP] )?\\S+ - \\S+ \\[[^\\]]*\\] \"([A-Z]+) (\\S+) HTTP/[0-9.]+\" .*\""
                    + " [0-9]+ [0-9.]+ \\[([^\\]]*)\\] \\[.*");
    private static final Pattern TARGET = Pattern.compile("/[!-~]*");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][-A-Za-z0-9.]{0,252}");
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
        return ingress.key().namespace() + "-" + service.name() + "-"
                + service.port().text();
    }

    /**
     * What is in a log.
     *
     * @param questions requests that change nothing, each once
     * @param lines how many lines there are
     * @param unread how many of them are none of such a log
     */
    public record Content(Set<Question> questions, int lines, int unread) {}

    /** Of no more than so many questions. */
    public Content read(Stream<String> lines, int most) {
        var questions = new TreeSet<Question>();
        var read = 0;
        var unread = 0;
        for (var line : (Iterable<String>) lines::iterator) {
            var asked = line.startsWith("{") ? ofJson(line) : ofLine(line);
            read++;
            if (asked == null) {
                unread++;
                continue;
            }
            for (var question : asked) {
                if (questions.size() < most) {
                    questions.add(question);
                }
            }
        }
        return new Content(questions, read, unread);
    }

    /** Null where it is none of such a log. */
    private @Nullable List<Question> ofLine(String line) {
        var parts = LINE.matcher(line);
        if (!parts.matches()) {
            return null;
        }
        return isAsked(parts.group(1), parts.group(2))
                ? hostsOfService.getOrDefault(parts.group(3), Set.of()).stream()
                        .flatMap(host -> both(parts.group(1), host, parts.group(2)))
                        .toList()
                : List.of();
    }

    /** Whether it changes nothing, and can be sent as it is. */
    private static boolean isAsked(String method, String target) {
        return (method.equals("GET") || method.equals("HEAD"))
                && TARGET.matcher(target).matches();
    }

    private @Nullable List<Question> ofJson(String line) {
        try {
            var entry = json.readTree(line);
            var method = first(entry, METHODS).orElse("");
            var target = first(entry, TARGETS).orElse("");
            var host = first(entry, HOSTS).filter(one -> HOST.matcher(one).matches());
            if (method.isEmpty() || target.isEmpty() || host.isEmpty()) {
                return null;
            }
            return isAsked(method, target) ? both(method, host.get(), target).toList() : List.of();
        } catch (JsonProcessingException _) {
            return null;
        }
    }

    private static Optional<String> first(JsonNode entry, List<String> names) {
        return names.stream()
                .map(entry::path)
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .findFirst();
    }

    /** Whether it came by TLS is not in the log. */
    private static Stream<Question> both(String method, String host, String target) {
        return Stream.of(new Question(method, false, host, target), new Question(method, true, host, target));
    }
}
