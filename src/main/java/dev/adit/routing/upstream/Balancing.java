package dev.adit.routing.upstream;

import java.util.Optional;

/** How the next endpoint of an upstream is chosen. */
public sealed interface Balancing {
    /** What stands before the name of a field. */
    String FIELD = "hash:field:";

    /** What stands before a text with variables. */
    String TEMPLATE = "hash:template:";

    /** What stands before the number of endpoints of a key, if that is not one. */
    String SUBSET = "subset:";

    /** What stands before the name of a cookie. */
    String COOKIE = "cookie:";

    /** One after the other. */
    record RoundRobin() implements Balancing {}

    /** Of two at random the one with fewer requests in progress. */
    record LeastRequest() implements Balancing {}

    /** Of two at random the one that has been answering faster, for the requests it has in progress. */
    record PeakEwma() implements Balancing {}

    /**
     * The same one for the same key, as long as it is there: a change of endpoints moves only the keys of those.
     *
     * @param subset how many endpoints a key has, which share its requests at random; at least 1
     */
    record Hash(Key key, int subset) implements Balancing {
        public Hash {
            if (subset < 1) {
                throw new IllegalArgumentException("a key has at least one endpoint, not " + subset);
            }
        }

        /** One endpoint for a key. */
        public Hash(Key key) {
            this(key, 1);
        }

        private String prefix() {
            return subset == 1 ? "" : SUBSET + subset + ":";
        }
    }

    /** The one that the client's cookie of this name says, as long as it is there; others take turns. */
    record Cookie(String name) implements Balancing {}

    sealed interface Key {
        record ClientAddress() implements Key {}

        record Path() implements Key {}

        /**
         * A text with variables of nginx, such as {@code $host$request_uri}. One that is not known is empty.
         *
         * @param text without blanks and commas
         */
        record Template(String text) implements Key {}

        /** A request without the field is one without a key, and takes turns. */
        record Field(String name) implements Key {}
    }

    /** Whether it has to be told what each endpoint is doing. */
    default boolean isLoadAware() {
        return this instanceof LeastRequest || this instanceof PeakEwma;
    }

    /** What such a text means; empty where it means nothing. The name of a field is not judged. */
    static Optional<Balancing> of(String text) {
        return switch (text) {
            case "round-robin" -> Optional.of(new RoundRobin());
            case "least-request" -> Optional.of(new LeastRequest());
            case "ewma" -> Optional.of(new PeakEwma());
            case "hash:client-address" -> Optional.of(new Hash(new Key.ClientAddress()));
            case "hash:path" -> Optional.of(new Hash(new Key.Path()));
            default ->
                after(FIELD, text)
                        .<Balancing>map(name -> new Hash(new Key.Field(name)))
                        .or(() -> after(TEMPLATE, text).map(template -> new Hash(new Key.Template(template))))
                        .or(() -> after(COOKIE, text).map(Cookie::new))
                        .or(() -> after(SUBSET, text).flatMap(Balancing::subset));
        };
    }

    private static Optional<Balancing> subset(String text) {
        var parts = text.split(":", 2);
        return parts.length == 2 && of(parts[1]).orElse(null) instanceof Hash(var key, var _)
                ? Optional.of(new Hash(key, Integer.parseInt(parts[0])))
                : Optional.empty();
    }

    private static Optional<String> after(String start, String text) {
        return text.startsWith(start) ? Optional.of(text.substring(start.length())) : Optional.empty();
    }

    /** As it is written in an annotation. */
    default String text() {
        return switch (this) {
            case RoundRobin _ -> "round-robin";
            case LeastRequest _ -> "least-request";
            case PeakEwma _ -> "ewma";
            case Cookie(var name) -> COOKIE + name;
            case Hash hash ->
                hash.prefix()
                        + switch (hash.key()) {
                            case Key.ClientAddress _ -> "hash:client-address";
                            case Key.Path _ -> "hash:path";
                            case Key.Template(var template) -> TEMPLATE + template;
                            case Key.Field(var name) -> FIELD + name;
                        };
        };
    }
}
