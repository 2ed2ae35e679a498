package dev.adit.exchange;

import dev.adit.filter.FilterChain;
import dev.adit.filter.FilteredRequest;
import dev.adit.filter.FilteredResponse;
import dev.adit.filter.Outcome;
import dev.adit.http.Client;
import dev.adit.http.Decision;
import dev.adit.http.RequestHead;
import dev.adit.http.RequestVariables;
import dev.adit.http.Verdict;
import dev.adit.http.codec.Answer;
import dev.adit.http.codec.Fields;
import dev.adit.inquiry.Inquiry;
import dev.adit.inquiry.KnownReplies;
import dev.adit.inquiry.Reply;
import dev.adit.overload.RateCounters;
import dev.adit.password.DigestNonces;
import dev.adit.password.VerifiedPasswords;
import dev.adit.routing.Route;
import dev.adit.routing.policy.AccessList;
import dev.adit.routing.policy.ErrorPages;
import dev.adit.routing.policy.Mirror;
import dev.adit.routing.policy.Network;
import dev.adit.routing.policy.RateLimit;
import dev.adit.routing.upstream.Endpoint;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.NetUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** An exchange as filters see it; made only where the route has filters. */
final class FilterView implements FilteredRequest {
    private final Exchange exchange;
    private final FilterChain chain;
    private FilterChain ofShare = FilterChain.NONE;
    private @Nullable List<Consumer<FilteredResponse>> changes;

    FilterView(Exchange exchange, FilterChain chain) {
        this.exchange = exchange;
        this.chain = chain;
    }

    /** Has the filters judge the request, which goes on unless one of them answers. */
    void begin(Runnable proceed) {
        Fields.dropNominated(fields());
        chain.begin(this, proceed);
    }

    /** Whether a share has filters of its own. */
    boolean filters(Route.Share share) {
        return !chain.of(share).isEmpty();
    }

    /** Likewise those of the share that the request comes to. */
    void begin(Route.Share share, Runnable proceed) {
        ofShare = chain.of(share);
        ofShare.begin(this, proceed);
    }

    @Override
    public RequestHead head() {
        return exchange.head();
    }

    @Override
    public RequestHead asked() {
        return exchange.admitted().head();
    }

    @Override
    public void head(RequestHead rewritten) {
        exchange.head(rewritten);
    }

    @Override
    public HttpHeaders fields() {
        return exchange.request().headers();
    }

    @Override
    public Client client() {
        return exchange.client();
    }

    @Override
    public Client connection() {
        return exchange.connection();
    }

    @Override
    public void client(Client other) {
        exchange.client(other);
    }

    @Override
    public boolean isConnectionSecure() {
        return exchange.admitted().isSecure();
    }

    @Override
    public boolean isSecure() {
        return exchange.isSecure();
    }

    @Override
    public boolean isAdmitted(AccessList list) {
        var address = clientAddress();
        return address != null && list.admits(address);
    }

    @Override
    public boolean isWithin(RateLimit limit) {
        if (limit.exempt().isEmpty() && !exchange.client().isTrusted()) {
            return counts(limit, exchange.client().address()); // which is in its normal form
        }
        var address = clientAddress();
        var client = address == null ? "" : NetUtil.bytesToIpAddress(address);
        return (address != null && limit.exempts(address)) || counts(limit, client);
    }

    private boolean counts(RateLimit limit, String client) {
        return exchange.loop().rates().count(limit.zone(), client, rates(limit)) && hasRoom(limit, client);
    }

    private boolean hasRoom(RateLimit limit, String client) {
        if (limit.connections() == 0) {
            return true;
        }
        var uses = exchange.loop().uses();
        var isBegun = uses.begin(limit.zone(), client, limit.connections());
        if (isBegun) {
            exchange.whenOver(() -> uses.end(limit.zone(), client));
        }
        return isBegun;
    }

    private static List<RateCounters.Rate> rates(RateLimit limit) {
        var second = RateCounters.Rate.perSecond(limit.perSecond(), limit.burst());
        if (limit.perMinute() == 0) {
            return limit.perSecond() == 0 ? List.of() : List.of(second);
        }
        var minute = RateCounters.Rate.perMinute(limit.perMinute(), limit.burst());
        return limit.perSecond() == 0 ? List.of(minute) : List.of(second, minute);
    }

    /** Null where it is none. */
    private byte @Nullable [] clientAddress() {
        var text = exchange.client().addressBehind(fields().getAll(Admission.FORWARDED_FOR));
        var address = NetUtil.createByteArrayFromIpAddressString(text);
        return address == null ? null : Network.unmapped(address);
    }

    @Override
    public Verdict.ClientCertificateCheck peer() {
        return exchange.client();
    }

    @Override
    public long bodyLength() {
        var framing = exchange.admitted().framing();
        return switch (framing.kind()) {
            case LENGTH -> framing.length();
            case NONE -> 0;
            case CHUNKED, UNTIL_CLOSE, UNCLEAR -> -1;
        };
    }

    @Override
    public boolean limitBody(long bytes) {
        return exchange.body().limit(bytes);
    }

    @Override
    public void paceResponse(long bytesPerSecond, long after) {
        exchange.response().pace(bytesPerSecond, after);
    }

    @Override
    public VerifiedPasswords verifiedPasswords() {
        return exchange.loop().verifiedPasswords();
    }

    @Override
    public boolean compute(BooleanSupplier work, Consumer<Boolean> result) {
        return exchange.loop().compute(() -> exchange.isAwaited() && work.getAsBoolean(), computed -> {
            if (exchange.isAwaited()) {
                result.accept(computed);
            }
        });
    }

    @Override
    public boolean isWellFormed() {
        return Fields.areWellFormed(fields(), exchange.loop().scratch());
    }

    @Override
    public RequestVariables variables() {
        return new RequestVariables(exchange.client(), exchange.connection(), head(), fields()::getAll);
    }

    @Override
    public boolean ask(Inquiry inquiry, Consumer<Optional<Reply>> result) {
        return exchange.loop().inquirer().ask(inquiry, reply -> {
            if (exchange.isAwaited()) {
                result.accept(reply);
            }
        });
    }

    @Override
    public KnownReplies knownReplies() {
        return exchange.loop().knownReplies();
    }

    @Override
    public DigestNonces digestNonces() {
        return exchange.loop().digestNonces();
    }

    @Override
    public String target() {
        return exchange.request().uri();
    }

    @Override
    public void onResponse(Consumer<FilteredResponse> change) {
        if (changes == null) {
            changes = new ArrayList<>(1);
        }
        changes.add(change);
    }

    @Override
    public void mirror(Mirror to, RequestHead head) {
        exchange.mirror(to, head);
    }

    @Override
    public @Nullable String endpointId() {
        return exchange.isDiverted() ? null : exchange.endpointId();
    }

    @Override
    public boolean isSession() {
        return exchange.isSession();
    }

    @Override
    public boolean knowsEndpoint(String id) {
        return exchange.knowsEndpoint(id);
    }

    @Override
    public boolean hasEndpoint(ErrorPages.Backend backend) {
        return !endpoints(backend).isEmpty();
    }

    private List<Endpoint> endpoints(ErrorPages.Backend backend) {
        return exchange.admitted().generation().endpoints().of(backend.upstream());
    }

    @Override
    public void divert(ErrorPages.Backend backend, RequestHead head, boolean withBody) {
        var target = new Decision.Forward(backend.upstream(), backend.policy(), endpoints(backend));
        exchange.divert(target, head, withBody);
    }

    @Override
    public void divert(Answer answer) {
        exchange.divert(answer);
    }

    @Override
    public void answer(Answer answer) {
        exchange.answer(answer);
    }

    boolean mayDivert() {
        return chain.mayDivert();
    }

    /** Whether one of the filters has had the request answered otherwise than it is about to be. */
    boolean diverts(Outcome outcome) {
        return chain.diverts(this, outcome);
    }

    /** Has the filters change the head of an endpoint's response. */
    void response(HttpResponse received) {
        Fields.dropNominated(received.headers());
        changed(new Response(received.status().code(), received.headers(), true, exchange.response()::compress));
    }

    /** The answer as the filters leave it. */
    Answer response(Answer answer) {
        var fields = answer.headers();
        changed(new Response(answer.status().code(), fields, false, _ -> false));
        return answer.with(fields);
    }

    private void changed(Response response) {
        ofShare.response(this, response);
        chain.response(this, response);
        if (changes != null) {
            changes.forEach(change -> change.accept(response));
        }
    }

    private record Response(int status, HttpHeaders fields, boolean isOfEndpoint, IntPredicate compressor)
            implements FilteredResponse {
        @Override
        public boolean compress(int level) {
            return compressor.test(level);
        }
    }
}
