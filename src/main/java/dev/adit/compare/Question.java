package dev.adit.compare;

/**
 * One request that both are asked.
 *
 * @param method GET or HEAD, which change nothing (RFC 9110 §9.2.1)
 * @param target path and query, as they are sent
 */
public record Question(String method, boolean isSecure, String host, String target) implements Comparable<Question> {
    public String url() {
        return (isSecure ? "https://" : "http://") + host + target;
    }

    @Override
    public int compareTo(Question other) {
        return (host + target + isSecure + method).compareTo(other.host + other.target + other.isSecure + other.method);
    }

    @Override
    public String toString() {
        return method + " " + url();
    }
}
