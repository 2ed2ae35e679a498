package dev.adit.observe;

import dev.adit.http.Refusal;
import dev.adit.routing.Route;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why Adit answered in place of an endpoint, in one word for logs and traces. */
public final class Reason {
    private static final Map<Refusal, String> WORDS = words();

    private Reason() {}

    /** Null where an endpoint has answered. */
    public static @Nullable String of(Finished request) {
        if (request.reason() != null) {
            return WORDS.get(request.reason());
        }
        if (request.end() != End.ANSWERED) {
            return null;
        }
        var route = request.route();
        return route != null
                        && route.action() instanceof Route.Action.Answer(var status, var reason)
                        && status == request.status()
                ? reason
                : "ByPolicy";
    }

    /** The word for a refusal. */
    static String of(Refusal refusal) {
        return Objects.requireNonNull(WORDS.get(refusal));
    }

    /** {@code NO_ENDPOINT} is {@code NoEndpoint}, as Kubernetes writes reasons. */
    private static Map<Refusal, String> words() {
        var words = new EnumMap<Refusal, String>(Refusal.class);
        for (var refusal : Refusal.values()) {
            words.put(
                    refusal,
                    Stream.of(refusal.name().split("_", -1))
                            .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining()));
        }
        return words;
    }
}
