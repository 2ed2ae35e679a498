package dev.adit.observe.log;

import dev.adit.observe.Finished;
import dev.adit.observe.FinishedTunnel;
import dev.adit.routing.policy.LogLine;
import java.util.List;
import java.util.function.Consumer;

/** How a request is written. */
public sealed interface LineFormat permits JsonFormat, NginxFormat {
    /** What ingress-nginx writes where its log-format-upstream says nothing else. */
    String INGRESS_NGINX =
            "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\""
                    + " \"$http_user_agent\" $request_length $request_time [$proxy_upstream_name] [$proxy_alternative_upstream_name]"
                    + " $upstream_addr $upstream_response_length $upstream_response_time $upstream_status $req_id";

    /** Writes a request, without the end of the line. */
    void write(Finished request, Line line);

    /**
     * As nginx writes it.
     *
     * @param format with the variables of nginx and ingress-nginx; where it begins with a brace, they are escaped as in JSON
     * @param queries whether query strings are written
     * @throws IllegalArgumentException if it has a variable that is not known, or that is a credential
     */
    static LineFormat nginx(String format, Queries queries) {
        return NginxFormat.parse(format, format.stripLeading().startsWith("{"), queries, why -> {
            throw new IllegalArgumentException(why);
        });
    }

    /** That of a route, with a hyphen for what cannot be written, of which somebody is told. */
    static LineFormat of(LogLine line, Queries queries, Consumer<String> wrong) {
        return NginxFormat.parse(line.format(), line.isJson(), queries, wrong);
    }

    /** Writes a connection that passed unread, without the end of the line. */
    void write(FinishedTunnel tunnel, Line line);

    /** The header fields that it writes, in lower case. */
    List<String> fields();

    /** An object of JSON, by the names of OpenTelemetry. */
    static LineFormat json(Queries queries) {
        return new JsonFormat(queries);
    }
}
