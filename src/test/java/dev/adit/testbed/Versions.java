package dev.adit.testbed;

import java.util.Arrays;
import java.util.stream.Stream;

/** What is spoken at the two ends of one exchange. */
public record Versions(ClientVersion client, EndpointVersion endpoint) {
    /** Every pair of versions. */
    public static Stream<Versions> all() {
        return Arrays.stream(ClientVersion.values())
                .flatMap(client -> Arrays.stream(EndpointVersion.values()).map(e -> new Versions(client, e)));
    }

    /** Every pair whose endpoint speaks HTTP/2. */
    public static Stream<Versions> toHttp2() {
        return all().filter(versions -> versions.endpoint().isHttp2());
    }

    /** Every pair whose endpoint speaks HTTP/1. */
    public static Stream<Versions> toHttp1() {
        return all().filter(versions -> !versions.endpoint().isHttp2());
    }

    /** Every version of a client, before an endpoint of plain HTTP/1. */
    public static Stream<Versions> clients() {
        return all().filter(versions -> versions.endpoint() == EndpointVersion.HTTP1);
    }

    @Override
    public String toString() {
        return client + " to " + endpoint;
    }
}
