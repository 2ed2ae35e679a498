package dev.adit.filter;

import dev.adit.http.Client;
import dev.adit.http.RequestHead;
import dev.adit.routing.policy.ForwardedClient;
import dev.adit.routing.policy.Network;
import io.netty.util.NetUtil;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes from the proxies in front who the client is, as the modules of nginx do that ingress-nginx uses for it. */
final class ForwardedClientFilter implements Filter {
    private static final int PORT_DIGITS = 5;

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
                .map(scheme -> scheme.equalsIgnoreCase("https"))
                .orElse(proxy.isSecure());
        request.client(new Client(address, isSecure, false, proxy.identity()));
        var head = said(fields.getAll("x-forwarded-host"))
                .filter(RequestHead::isAuthority)
                .map(host -> request.head().askedAs(host))
                .orElseGet(request::head);
        var port = said(fields.getAll("x-forwarded-port")).filter(ForwardedClientFilter::isPort);
        var all = policy.isChainKept() ? (chain.isEmpty() ? "" : chain + ", ") + proxy.address() : "";
        request.head(head.in(new RequestHead.Manner(false, port.orElse(""), all)));
        return Step.PROCEED;
    }

    /** From the last address on: the first that is none of a proxy, or else the one that was there before all of them. */
    private Optional<String> client(String chain) {
        var addresses = List.of(chain.split(",", -1)).reversed();
        var found = Optional.<String>empty();
        for (var text : addresses) {
            var address = NetUtil.createByteArrayFromIpAddressString(text.strip());
            if (address == null) {
                return found;
            }
            found = Optional.of(NetUtil.bytesToIpAddress(Network.unmapped(address)));
            if (!policy.believes(Network.unmapped(address))) {
                return found;
            }
        }
        return found;
    }

    private boolean isBelieved(String address) {
        var bytes = bytes(address);
        return bytes != null && policy.believes(bytes);
    }

    private static byte @Nullable [] bytes(String address) {
        var bytes = NetUtil.createByteArrayFromIpAddressString(address);
        return bytes == null ? null : Network.unmapped(bytes);
    }

    private static Optional<String> said(List<String> lines) {
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines.getFirst().strip());
    }

    private static boolean isPort(String text) {
        return !text.isEmpty() && text.length() <= PORT_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
