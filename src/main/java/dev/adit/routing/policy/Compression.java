package dev.adit.routing.policy;

import java.util.List;

/**
 * The bodies of responses are compressed by gzip, for clients that take it and where the endpoint has not compressed them.
 *
 * @param level 1, the fastest, to 9
 * @param minLength of a body whose length is known; one without is compressed
 * @param types of media in lower case, without parameters; {@code *} stands for all, and text/html is always one of them
 */
public record Compression(int level, long minLength, List<String> types) implements Policy {
    public Compression {
        types = List.copyOf(types);
    }
}
