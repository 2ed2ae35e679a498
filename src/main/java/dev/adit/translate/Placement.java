package dev.adit.translate;

/**
 * Where this instance runs, for Services that keep their traffic near.
 *
 * @param zone empty where nobody said
 * @param node likewise
 */
public record Placement(String zone, String node) {
    public static final Placement UNKNOWN = new Placement("", "");
}
