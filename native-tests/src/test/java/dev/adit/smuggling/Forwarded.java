package dev.adit.smuggling;

import java.util.regex.Pattern;

/**
 * A request that Adit sent to an endpoint.
 *
 * @param isAnswered whether the endpoint has answered it
 */
record Forwarded(String method, String target, String authority, boolean isAnswered) {
    private static final Pattern OF_CASE = Pattern.compile("[ab](\\d+)\\.test(:\\d+)?");

    /** The number of the case that it comes from, or -1 where its authority does not say so. */
    int ofCase() {
        var matcher = OF_CASE.matcher(authority);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    boolean isProbe() {
        return target.equals("/probe");
    }

    /** Whether this is what the corpora hide in bodies and fields. */
    boolean isSmuggled() {
        return target.equals("/smuggled");
    }
}
