package dev.adit.kube;

/**
 * How much one object may say. Each bound is far above what people write, and low enough that reading it concerns nobody
 * else (CWE-400). What an API server bounds itself has the same bound here, for the sake of folders.
 */
public final class Bounds {
    /** Of a name or a namespace (RFC 1123 subdomain), in characters. */
    public static final int NAME = 253;

    /** Of the value of one setting, in characters. */
    public static final int SETTING = 4_096;

    /** The rules of one Ingress. */
    public static final int RULES = 5_000;

    /** The paths of one Ingress, in all its rules. */
    public static final int PATHS = 10_000;

    /** The entries of {@code spec.tls} of one Ingress. */
    public static final int TLS = 5_000;

    /** The hosts of one Ingress, in all entries of {@code spec.tls}. */
    public static final int TLS_HOSTS = 10_000;

    /** The ports of one Service. */
    public static final int SERVICE_PORTS = 1_000;

    /** The endpoints of one Service, which its ports share. */
    public static final int ENDPOINTS = 20_000;

    /** The share of a port, however many there are. */
    public static final int ENDPOINTS_PER_PORT = 200;

    private static final int HIGHEST_PORT = 65_535;

    private Bounds() {}

    /** Whether something can listen there. */
    public static boolean isPort(int number) {
        return number >= 1 && number <= HIGHEST_PORT;
    }
}
