package dev.adit.routing.policy;

import dev.adit.routing.upstream.UpstreamId;
import dev.adit.routing.upstream.UpstreamPolicy;

/** Every request is sent to a second Service too, whose answer nobody sees. It never slows or fails the request itself. */
public record Mirror(UpstreamId upstream, UpstreamPolicy policy) implements Policy {}
