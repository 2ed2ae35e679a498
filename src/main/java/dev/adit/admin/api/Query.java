package dev.adit.admin.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.text.Hyphens;
import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The query of a request for a list. */
final class Query {
    private static final int MOST_ITEMS = 500;
    private static final int DEFAULT_ITEMS = 50;
    private static final int MOST_OFFSET = 1_000_000;
    private static final int MOST_CHARACTERS = 200;

    private final MultiMap parameters;

    Query(MultiMap parameters) {
        this.parameters = parameters;
    }

    /** What is looked for, in lower case; every word has to be found. */
    List<String> words() {
        var text = parameters.contains("search") ? parameters.get("search") : "";
        if (text.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("search: use at most " + MOST_CHARACTERS + " characters");
        }
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    int limit() {
        return number("limit", DEFAULT_ITEMS, 1, MOST_ITEMS);
    }

    int offset() {
        return number("offset", 0, 0, MOST_OFFSET);
    }

    long after() {
        return number("after", 0, 0, Integer.MAX_VALUE);
    }

    private int number(String name, int otherwise, int least, int most) {
        if (!parameters.contains(name)) {
            return otherwise;
        }
        try {
            var number = Integer.parseInt(parameters.get(name));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // as one that is out of bounds
        }
        throw new IllegalArgumentException("%s: use a number from %d to %d".formatted(name, least, most));
    }

    /**
     * One of the names of an enum, in lower case and with hyphens.
     *
     * @param none what stands for none of them, as does a parameter that is missing
     */
    <E extends Enum<E>> Optional<E> choice(String name, String none, Class<E> type) {
        var asked = parameters.contains(name) ? parameters.get(name) : none;
        if (asked.equals(none)) {
            return Optional.empty();
        }
        var all = type.getEnumConstants();
        var found =
                Arrays.stream(all).filter(one -> Hyphens.of(one).equals(asked)).findFirst();
        if (found.isEmpty()) {
            var names = Stream.concat(Stream.of(none), Arrays.stream(all).map(Hyphens::of));
            throw new IllegalArgumentException(name + ": use one of " + names.collect(Collectors.joining(", ")));
        }
        return found;
    }

    /** How many there are and how many were found, before the items of the part that was asked for. */
    ObjectNode list(int total, int found) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("total", total)
                .put("found", found)
                .put("offset", offset());
    }

    /** The part of a list that was asked for. */
    <T> List<T> page(List<T> all) {
        var from = Math.min(offset(), all.size());
        return all.subList(from, Math.min(all.size(), from + limit()));
    }

    /** Whether a text has all of these words, in any case. */
    static boolean has(String text, List<String> words) {
        if (words.isEmpty()) {
            return true;
        }
        var lower = text.toLowerCase(Locale.ROOT);
        return words.stream().allMatch(lower::contains);
    }
}
