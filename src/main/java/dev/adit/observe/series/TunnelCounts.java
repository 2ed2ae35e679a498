package dev.adit.observe.series;

/**
 * Connections that passed unread and have ended.
 *
 * @param failed those that no endpoint took
 * @param received bytes of clients, and {@code sent} those of endpoints
 */
public record TunnelCounts(long passed, long failed, long received, long sent) {
    TunnelCounts and(TunnelCounts others) {
        return new TunnelCounts(
                passed + others.passed, failed + others.failed, received + others.received, sent + others.sent);
    }
}
