package dev.adit.exchange;

import dev.adit.routing.RouteOrigin;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamProtocol;
import io.netty.handler.codec.http.HttpHeaders;

/** Another way to the endpoints of some routes, such as through code of the user's own. */
public interface Detour {
    /** No route takes another way. */
    Detour NONE = new Detour() {
        @Override
        public boolean isFor(RouteOrigin route) {
            return false;
        }

        @Override
        public Endpoint through(HttpHeaders fields, RouteOrigin route, Endpoint endpoint, UpstreamProtocol protocol) {
            return endpoint;
        }

        @Override
        public void leave(HttpHeaders fields) {}
    };

    boolean isFor(RouteOrigin route);

    /**
     * Where a request is to be sent, by HTTP/1.1, so that it reaches an endpoint in the end.
     *
     * @param fields of the request, which get what the way there needs to know
     */
    Endpoint through(HttpHeaders fields, RouteOrigin route, Endpoint endpoint, UpstreamProtocol protocol);

    /** The request takes another way after all, where nobody is to see what the fields said of this one. */
    void leave(HttpHeaders fields);
}
