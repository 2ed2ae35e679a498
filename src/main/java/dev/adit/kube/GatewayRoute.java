package dev.adit.kube;

import java.time.Instant;
import java.util.List;

/** A route of the Gateway API. */
public sealed interface GatewayRoute extends KubeObject permits HttpRoute, GrpcRoute, StreamRoute {
    List<Kind<? extends GatewayRoute>> KINDS = List.of(HttpRoute.KIND, GrpcRoute.KIND, TlsRoute.KIND, TcpRoute.KIND);

    /** Of its {@code spec}, which a condition in its status refers to. */
    long generation();

    Instant createdAt();

    List<HttpRoute.ParentRef> parents();

    List<String> hostnames();

    /** In the terms of HTTP. */
    List<HttpRoute.Rule> rules();
}
