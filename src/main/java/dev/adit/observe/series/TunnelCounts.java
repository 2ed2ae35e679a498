package dev.adit.observe.series;

/**
 * Connections that passed unread and have ended.
 *
 * @param failed those that no endpoint took
 * @param clientsGone those whose client left before one did
 * @param received bytes of clients, and {@code sent} those of endpoints
 */
public record TunnelCounts(long passed, long failed, long clientsGone, long received, long sent) {
    TunnelCounts and(TunnelCounts others) {
        return new TunnelCounts(
                passed + others.passed,
                failed + others.failed,
                clientsGone + others.clientsGone,
                received + others.received,
                sent + others.sent);
    }
}
