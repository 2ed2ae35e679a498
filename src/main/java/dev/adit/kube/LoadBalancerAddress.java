package dev.adit.kube;

import java.util.Comparator;

/** One way to reach a load balancer; exactly one of the two is not empty. */
public record LoadBalancerAddress(String ip, String hostname) implements Comparable<LoadBalancerAddress> {
    private static final Comparator<LoadBalancerAddress> ORDER =
            Comparator.comparing(LoadBalancerAddress::ip).thenComparing(LoadBalancerAddress::hostname);

    /** Tells an IP address from a hostname by its shape, as options write both. */
    public static LoadBalancerAddress of(String text) {
        return text.matches("[0-9.]+") || text.indexOf(':') >= 0
                ? new LoadBalancerAddress(text, "")
                : new LoadBalancerAddress("", text);
    }

    @Override
    public int compareTo(LoadBalancerAddress other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return ip.isEmpty() ? hostname : ip;
    }
}
