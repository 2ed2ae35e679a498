package dev.adit.translate.annotation.nginx;

import dev.adit.routing.MapPattern;
import dev.adit.routing.policy.BlockedRequests;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.RouteDraft;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which programs and pages the ConfigMap shuts out. */
final class BlockedClients implements AnnotationFamily {
    private static final int MOST = 1_000;
    private static final int LONGEST = 1_024;
    private static final AnnotationKey<List<String>> AGENTS = key(
            "block-user-agents",
            "`curl/7.68.0,~*bot`: requests with such a User-Agent are answered 403; behind `~` and `~*` it is a regular expression");
    private static final AnnotationKey<List<String>> REFERERS = key("block-referers", "the same for the field Referer");

    /** Those of the ConfigMap of ingress-nginx. */
    static final List<AnnotationKey<?>> OF_ALL = List.of(AGENTS, REFERERS);

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of();
    }

    @Override
    public void read(Annotations of, RouteDraft into) {
        var agents = of.get(AGENTS).orElse(List.of());
        var referers = of.get(REFERERS).orElse(List.of());
        if (!agents.isEmpty() || !referers.isEmpty()) {
            into.add(new BlockedRequests(agents, referers));
        }
    }

    private static AnnotationKey<List<String>> key(String name, String doc) {
        return Guards.key(
                name,
                "use texts with commas between them, and regular expressions behind ~ or ~*",
                doc,
                "nobody is shut out",
                BlockedClients::texts);
    }

    private static Optional<List<String>> texts(String text) {
        if (text.isBlank()) {
            return Optional.of(List.of());
        }
        var parts = text.split(",", -1);
        var texts = Stream.of(parts)
                .filter(part -> part.length() <= LONGEST && !part.isBlank())
                .map(String::strip)
                .filter(part -> MapPattern.of(part).isPresent())
                .toList();
        return texts.size() == parts.length && texts.size() <= MOST ? Optional.of(texts) : Optional.empty();
    }
}
