package dev.adit.filter;

import dev.adit.http.Client;
import dev.adit.http.RequestHead;
import dev.adit.routing.policy.ForwardedClient;
import dev.adit.routing.policy.Network;
import io.netty.util.NetUtil;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes from the proxies in front who the client is, as the modules of nginx do that ingress-nginx uses for it. */
final class ForwardedClientFilter implements Filter {
    private static final int PORT_DIGITS = 5;
    private static final Pattern PORT = Pattern.compile("\\[?([0-9a-fA-F:.]{2,45})]?:[0-9]{1,5}");

    private final ForwardedClient policy;
    private final String field;

    ForwardedClientFilter(ForwardedClient policy) {
        this.policy = policy;
        this.field = policy.field().text();
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        var proxy = request.client();
        if (!isBelieved(proxy.address())) {
            return Step.PROCEED;
        }
        var fields = request.fields();
        var chain = String.join(", ", fields.getAll(field));
        var address = client(chain).orElse(proxy.address());
        var isSecure = said(fields.getAll("x-forwarded-proto"))
                .filter(schemes -> !schemes.isEmpty())
                .map(schemes -> !schemes.split(",", 2)[0].strip().equalsIgnoreCase("http")) // but https, or wss
                .orElse(proxy.isSecure());
        request.client(new Client(address, isSecure, proxy.port(), proxy.serverName(), false, proxy.identity()));
        var host = said(fields.getAll("x-forwarded-host"))
                .map(text -> text.split(",", 2)[0].strip())
                .filter(RequestHead::isAuthority);
        var port = said(fields.getAll("x-forwarded-port")).filter(ForwardedClientFilter::isPort);
        var all = policy.isChainKept() ? (chain.isEmpty() ? "" : chain + ", ") + proxy.address() : "";
        var head = host.map(
                        name -> request.head().rewritten(name, request.head().path()))
                .orElseGet(request::head);
        request.head(head.in(new RequestHead.Manner(false, host.orElse(""), port.orElse(""), all, "")));
        return Step.PROCEED;
    }

    /** From the last address on: the first that is none of a proxy, or else the one that was there before all of them. */
    private Optional<String> client(String chain) {
        var addresses = List.of(chain.split(",", -1)).reversed();
        var found = Optional.<String>empty();
        for (var text : addresses) {
            var address = address(text.strip());
            if (address == null) {
                return found;
            }
            found = Optional.of(NetUtil.bytesToIpAddress(address));
            if (!policy.believes(address)) {
                return found;
            }
        }
        return found;
    }

    private boolean isBelieved(String text) {
        var address = address(text);
        return address != null && policy.believes(address);
    }

    /** With a port or without, as some proxies write it; null where it is none. */
    private static byte @Nullable [] address(String text) {
        var port = PORT.matcher(text);
        var plain = NetUtil.createByteArrayFromIpAddressString(text);
        var address =
                plain == null && port.matches() ? NetUtil.createByteArrayFromIpAddressString(port.group(1)) : plain;
        return address == null ? null : Network.unmapped(address);
    }

    private static Optional<String> said(List<String> lines) {
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines.getFirst().strip());
    }

    private static boolean isPort(String text) {
        return !text.isEmpty() && text.length() <= PORT_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
