package dev.adit.filter;

import dev.adit.routing.policy.FieldName;
import dev.adit.routing.policy.HiddenFields;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.stream.Stream;

/** Leaves out what clients are not told of what an endpoint says. */
final class HiddenFieldsFilter implements Filter {
    // Of proxy_hide_header of nginx; it says Server and Date itself.
    private static final List<String> OF_NGINX = List.of(
            "x-accel-buffering",
            "x-accel-charset",
            "x-accel-expires",
            "x-accel-limit-rate",
            "x-accel-redirect",
            "x-pad");

    private final AsciiString[] names;

    HiddenFieldsFilter(HiddenFields policy) {
        var server = policy.showsServer() ? Stream.<String>empty() : Stream.of("server");
        names = Stream.of(OF_NGINX.stream(), server, policy.others().stream().map(FieldName::text))
                .flatMap(some -> some)
                .map(AsciiString::cached)
                .toArray(AsciiString[]::new);
    }

    @Override
    public void response(FilteredRequest request, FilteredResponse response) {
        if (response.isOfEndpoint()) {
            for (var name : names) {
                response.fields().remove(name);
            }
        }
    }
}
