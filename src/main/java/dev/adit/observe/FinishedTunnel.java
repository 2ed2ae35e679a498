package dev.adit.observe;

import dev.adit.routing.Hostname;
import dev.adit.routing.Tunnel;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamId;
import org.jspecify.annotations.Nullable;

/**
 * A connection that passed unread, and has ended.
 *
 * @param host the name that owns it, as its object says it
 * @param port that the client has connected to, as the routing table names it
 * @param upstream the Service that it was meant for; null where there was none to ask
 * @param endpoint that it was passed to, or that was tried last; null where none was
 * @param isConnected whether an endpoint took it
 * @param received bytes of the client, and {@code sent} those of the endpoint
 * @param nanosToConnect from the time that it was known where it goes until an endpoint took it; only where one did
 * @param nanos from that time to its end
 */
public record FinishedTunnel(
        Tunnel tunnel,
        Hostname host,
        Integer port,
        String clientAddress,
        @Nullable UpstreamId upstream,
        @Nullable Endpoint endpoint,
        boolean isConnected,
        long received,
        long sent,
        long nanosToConnect,
        long nanos) {}
