package dev.adit.routing.policy;

import java.util.List;

/**
 * Each client address has a budget of requests; one that has spent it is refused. It is counted as nginx counts
 * (ngx_http_limit_req_module, with nodelay): a bucket that leaks at the rate, and holds a burst.
 *
 * @param zone whose requests are counted together
 * @param perSecond how many leak in a second; 0 for no such limit
 * @param perMinute likewise in a minute
 * @param burst how many times the rate fits into the bucket
 * @param connections how many requests of one client may be served at the same time; 0 for no such limit
 * @param status of the answer to one request too many
 * @param exempt whose clients are not counted
 */
public record RateLimit(
        String zone, int perSecond, int perMinute, int burst, int connections, int status, List<Network> exempt)
        implements Policy {
    public RateLimit {
        exempt = List.copyOf(exempt);
    }

    /** Whether a client is not counted. */
    public boolean exempts(byte[] address) {
        for (var network : exempt) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
