package dev.adit.exchange;

import dev.adit.filter.Outcome;
import dev.adit.http.BalanceKey;
import dev.adit.http.Client;
import dev.adit.http.Decision;
import dev.adit.http.Refusal;
import dev.adit.http.RequestHead;
import dev.adit.http.codec.Answer;
import dev.adit.observe.Attempt;
import dev.adit.observe.End;
import dev.adit.observe.Finished;
import dev.adit.observe.RequestTrace;
import dev.adit.overload.Claim;
import dev.adit.overload.Holding;
import dev.adit.overload.MemoryBudget;
import dev.adit.overload.Owner;
import dev.adit.routing.Route;
import dev.adit.routing.policy.Mirror;
import dev.adit.routing.upstream.Balancing;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.EndpointTls;
import dev.adit.routing.upstream.UpstreamId;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way: through the filters of its route to an endpoint, and the response back. The halves of the two
 * bodies are in {@link RequestRelay} and {@link ResponseRelay}. All of it on one event loop.
 */
public final class Exchange implements Upstream.Events, MemoryBudget.Holder, Decision.Sessions {
    private static final long NOT_WAITING = Long.MIN_VALUE;
    // Of a body, for its client to count as one that sends: a byte now and then does not.
    private static final int PROGRESS_BYTES = 1_024;

    private final EventLoopContext loop;
    private final Downstream client;
    private final HttpRequest request;
    private final Admission.Admitted admitted;
    private final EndedExchange ended;
    private final RequestRelay body;
    private final ResponseRelay response;
    private final Holding holding;
    private final long startedAt = System.nanoTime();
    private RequestHead head;
    private @Nullable FilterView filters;
    private @Nullable AskedHead asked;
    private final @Nullable RequestTrace trace;
    private @Nullable MirroredRequest mirror;
    private @Nullable Attempts attempts;
    private @Nullable Upstream upstream;
    /** Whether another upstream answers than that of the route. */
    private boolean diverted;
    /** Whether what it answers is a page in place of an answer that there was, which is not replaced again. */
    private boolean isPage;

    /** Whether this happens while the client's bytes are read, after which everything is flushed. */
    private boolean reading;

    private long responseNanos;
    private int endpointStatus;
    /** Of the answer in whose place another one is looked for. */
    private int replacedStatus;

    private boolean over;
    private @Nullable Runnable whenOver;
    private long waitingSince = NOT_WAITING;
    private @Nullable Client asker;
    private long unreadSince = Claim.NOT_STALLED;
    private long owedSince;
    private int progress;

    public Exchange(EventLoopContext loop, Downstream client, HttpRequest request, Admission.Admitted admitted) {
        this(loop, client, request, admitted, loop.ended(), loop.trace(request, admitted.route()));
    }

    /**
     * A request that a route has taken.
     *
     * @param ended where its end is reported
     * @param trace null where it is not traced
     */
    Exchange(
            EventLoopContext loop,
            Downstream client,
            HttpRequest request,
            Admission.Admitted admitted,
            EndedExchange ended,
            @Nullable RequestTrace trace) {
        this.trace = trace;
        this.loop = loop;
        this.client = client;
        this.request = request;
        this.admitted = admitted;
        this.ended = ended;
        this.head = admitted.head();
        this.body = new RequestRelay(client, admitted.framing(), Admission.expectsContinue(request) && !isHttp10());
        this.response = new ResponseRelay(loop, this, client);
        this.holding = loop.memory().holding(this);
        ended.begun();
    }

    HttpRequest request() {
        return request;
    }

    RequestHead head() {
        return head;
    }

    void head(RequestHead rewritten) {
        head = rewritten;
    }

    Admission.Admitted admitted() {
        return admitted;
    }

    /** Its head as it came, where filters or a trace may change it and an observer wants to know. */
    @Nullable
    AskedHead asked() {
        return asked;
    }

    @Nullable
    RequestTrace trace() {
        return trace;
    }

    /** What the endpoint that was asked last has answered, or {@link Finished#NO_STATUS}. */
    int endpointStatus() {
        return endpointStatus;
    }

    /** Who is taken for the client: the peer of the connection, unless a filter says otherwise. */
    Client client() {
        return asker == null ? client.client() : asker;
    }

    void client(Client other) {
        asker = other;
    }

    /** The peer of the connection. */
    Client connection() {
        return client.client();
    }

    /** Whether its request came by TLS, to us or to a proxy that is believed. */
    boolean isSecure() {
        return asker == null ? admitted.isSecure() : asker.isSecure();
    }

    long startedAt() {
        return startedAt;
    }

    RequestRelay body() {
        return body;
    }

    ResponseRelay response() {
        return response;
    }

    /** The endpoint that was tried last. */
    @Nullable
    Endpoint endpoint() {
        return attempts == null ? null : attempts.endpoint();
    }

    EventLoopContext loop() {
        return loop;
    }

    /** Of the endpoint that was asked last; null where none was. */
    @Nullable
    String endpointId() {
        return attempts == null ? null : attempts.endpointId();
    }

    /** Whether the Service has an endpoint with this name. */
    boolean knowsEndpoint(String id) {
        return attempts != null && attempts.knows(id);
    }

    /** Whether another upstream answers than that of the route. */
    boolean isDiverted() {
        return diverted;
    }

    /** Whether a page is fetched in place of an answer that there was. */
    boolean isPage() {
        return isPage;
    }

    int attempts() {
        return attempts == null ? 0 : attempts.count();
    }

    /** The Service that was asked last. */
    @Nullable
    UpstreamId upstreamId() {
        return attempts == null ? null : attempts.upstreamId();
    }

    /** The time since the endpoint was chosen. */
    long nanosOfAttempt() {
        return attempts == null ? 0 : attempts.nanos();
    }

    /** The endpoints that were tried before it. */
    List<Attempt> earlier() {
        return attempts == null ? List.of() : attempts.earlier();
    }

    /** Has something done once the exchange is over, and so is the tunnel that it has become. */
    void whenOver(Runnable task) {
        whenOver = task;
    }

    private void told() {
        if (whenOver != null) {
            var task = whenOver;
            whenOver = null;
            task.run();
        }
    }

    /** Whether the client holds its body back, so that nobody knows what its next bytes are. */
    boolean isBodyWithheld() {
        return body.isWithheld();
    }

    /** Whether the client asks for another protocol. */
    public boolean isUpgrade() {
        return admitted.isUpgrade() && !isPage;
    }

    /**
     * Has the filters of the route judge the request, and sends it on unless one of them answers. What is sent has to be
     * flushed, once the client's bytes have been read.
     */
    public void start() {
        reading = true;
        var chain = loop.filters(admitted.route());
        var observed = loop.observed();
        if (observed != null && (trace != null || !chain.isEmpty())) {
            asked = new AskedHead(request, observed);
        }
        if (chain.isEmpty()) {
            forward();
        } else {
            var view = new FilterView(this, chain);
            filters = view;
            view.begin(this::proceed);
        }
        reading = false;
    }

    private void proceed() {
        if (isAwaited()) {
            forward();
        }
    }

    /** Whether it has not been answered while its filters waited. */
    boolean isAwaited() {
        return !over && !diverted;
    }

    private void forward() {
        var route = admitted.route();
        if (!(route.action() instanceof Route.Action.Split split)) {
            forward(route.action());
            return;
        }
        var share = Decision.drawn(admitted.generation(), split, this);
        var view = filters;
        if (view == null || !view.filters(share)) {
            forward(share.action());
        } else {
            view.begin(share, () -> {
                if (isAwaited()) {
                    forward(share.action());
                }
            });
        }
    }

    private void forward(Route.Action action) {
        decide(Decision.of(admitted.generation(), action));
    }

    /** Whether clients are kept at the endpoints of the Service that was asked. */
    boolean isSession() {
        return attempts != null && attempts.isByCookie();
    }

    /** Whether a cookie of the client names one of the endpoints. */
    @Override
    public boolean isAt(Decision.Forward target) {
        var balancing = target.policy().balancing();
        var name = balancing instanceof Balancing.Cookie
                ? BalanceKey.of(balancing, client(), head, request.headers()::getAll)
                : null;
        return name != null && loop.balancer().knows(name, target.endpoints());
    }

    private void decide(Decision decision) {
        switch (decision) {
            case Decision.Answer(var status, var reason) -> answer(Answer.of(status, reason));
            case Decision.Refuse(var error) -> answer(Answer.of(error));
            // HttpProxy would pass it by the interceptors, and what one of them guards would be open.
            case Decision.Forward _
            when isUpgrade() && loop.detour().isFor(admitted.route().origin()) -> fail(Refusal.UPGRADE_INTERCEPTED);
            case Decision.Forward target
            when !target.policy().tls().equals(EndpointTls.UNVERIFIED)
                    && loop.detour().isFor(admitted.route().origin()) -> fail(Refusal.TLS_INTERCEPTED);
            case Decision.Forward target -> {
                var last = Admission.countHop(request);
                if (last == null) {
                    forward(target);
                } else {
                    answer(last);
                }
            }
        }
    }

    private void forward(Decision.Forward target) {
        loop.retries().deposit();
        seek(target);
    }

    private void seek(Decision.Forward target) {
        responseNanos = target.policy()
                .responseTimeout()
                .orElse(loop.timeouts().response())
                .toNanos();
        var status = endpointStatus == Finished.NO_STATUS ? replacedStatus : endpointStatus;
        var search = new Attempts(loop, this, target, attempts == null ? List.of() : attempts.left(status));
        endpointStatus = Finished.NO_STATUS;
        attempts = search;
        search.next();
    }

    /**
     * Has another upstream answer than the one that was about to.
     *
     * @param asked what it is asked for
     * @param withBody whether it gets the body, of which nothing has been sent yet
     */
    void divert(Decision.Forward target, RequestHead asked, boolean withBody) {
        leave();
        head = asked;
        diverted = true;
        isPage = !withBody;
        if (isPage) {
            discardBody();
            seek(target);
        } else {
            decide(target);
        }
    }

    /** Has the client get this answer, and not the one that it was about to get. */
    void divert(Answer answer) {
        leave();
        diverted = true;
        isPage = true;
        answer(answer);
    }

    private void discardBody() {
        if (mirror != null && !body.isSent()) {
            mirror.gone();
        }
        body.discard();
        holding.update();
    }

    /** Whoever was asked is asked no more. */
    private void leave() {
        waitingSince = NOT_WAITING;
        letGo(Upstream::abort);
        if (attempts != null) {
            attempts.answered();
            attempts.endLoad();
            attempts.giveBack();
        }
        loop.detour().leave(request.headers());
    }

    /** Whether the filters have to be asked how the request is about to be answered. */
    private boolean mayBeDiverted() {
        return filters != null && filters.mayDivert() && !isPage && !response.isStarted();
    }

    private boolean isDiverted(Outcome outcome) {
        return filters != null && filters.diverts(outcome);
    }

    /** Whether this is the search that counts. */
    boolean isSearchedBy(Attempts search) {
        return attempts == search;
    }

    /** Whether an endpoint is still wanted of this search. */
    boolean isWaitingFor(Attempts search) {
        return !over && upstream == null && attempts == search;
    }

    @Override
    public Owner owner() {
        return client.owner();
    }

    /** An endpoint is there for it. */
    void connected(Upstream connection) {
        if (trace != null) {
            trace.propagate(this::field);
        }
        if (!connection.head(request, head, body.framing(), client())) {
            connection.end(true);
            fail(Refusal.BAD_SYNTAX);
            return;
        }
        upstream = connection;
        if (!body.isReceived()) {
            owedSince = System.nanoTime();
        }
        body.begin(connection);
        await();
        if (!reading) {
            flushRequest();
        }
    }

    private void field(CharSequence name, @Nullable CharSequence value) {
        if (value == null) {
            request.headers().remove(name);
        } else {
            request.headers().set(name, value);
        }
    }

    /** A part of the request's body; it belongs to the exchange from now on. */
    public void requestContent(HttpContent part) {
        if (over) {
            part.release();
        } else if (body.isDiscarded()) {
            body.content(upstream, part);
        } else if (body.isUnannounced(part)) {
            part.release();
            fail(Refusal.BAD_FRAMING); // a body that no field announced
        } else if (body.exceeds(part)) {
            part.release();
            fail(Refusal.BODY_TOO_LARGE);
        } else {
            if (mirror != null) {
                mirror.body(part);
            }
            progress += part.content().readableBytes();
            body.content(upstream, part);
            await();
            if (upstream == null) {
                holding.update();
            }
        }
    }

    /** From now on a response is due: not earlier, since an upload may take as long as the client's uplink needs. */
    private void await() {
        if (upstream != null && body.isSent()) {
            waitingSince = response.isDue() ? System.nanoTime() : NOT_WAITING;
        } else if (progress >= PROGRESS_BYTES) {
            progress = 0;
            owedSince = System.nanoTime();
        }
    }

    public void flushRequest() {
        if (body.flush(upstream)) {
            holding.update();
        }
        if (mirror != null) {
            mirror.flushBody();
        }
    }

    @Override
    public long held() {
        return (upstream == null ? body.held() : upstream.unsent()) + response.held();
    }

    @Override
    public void giveWay() {
        fail(Refusal.UPSTREAM_OVERLOADED);
    }

    /** Since when it has waited for its client to send or to read, as of {@link System#nanoTime}. */
    long stalledSince() {
        if (upstream == null || over) {
            return Claim.NOT_STALLED;
        }
        if (unreadSince != Claim.NOT_STALLED) {
            return unreadSince;
        }
        if (response.isHolding()) {
            return response.heldSince();
        }
        var owes = !body.isSent() && upstream.isWritable();
        return owes ? owedSince : Claim.NOT_STALLED;
    }

    /** Sends a copy of the request to another upstream, too. */
    void mirror(Mirror to, RequestHead asked) {
        var copy = new MirroredRequest(loop, this, to, asked, mirror);
        mirror = copy;
        copy.start();
        body.waiting(copy::take);
    }

    @Override
    public void head(HttpResponse received, boolean ended) {
        if (isFinal(received)) {
            endpointStatus = received.status().code();
        }
        if (attempts != null
                && attempts.repeats().after(received.status().code())
                && isSentAgain(true, received.status().code())) {
            return;
        }
        if (mayBeDiverted() && isFinal(received) && isDiverted(Outcome.ofEndpoint(received))) {
            return;
        }
        if (response.head(received, ended)) {
            waitingSince = response.isDue() ? System.nanoTime() : NOT_WAITING;
            if (attempts != null) {
                attempts.answered();
            }
        }
    }

    private static boolean isFinal(HttpResponse received) {
        return received.decoderResult().isSuccess() && received.status().codeClass() != HttpStatusClass.INFORMATIONAL;
    }

    /** Has the filters of the route change the head that the client gets. */
    void filter(HttpResponse received) {
        if (filters != null) {
            filters.response(received);
        }
    }

    @Override
    public void content(HttpContent part) {
        response.content(part);
    }

    @Override
    public void readComplete() {
        client.flush();
    }

    /** The client has been told to go on. */
    void continued() {
        body.continued();
    }

    /** Both sides have left HTTP: their connections are one from now on. */
    void switchProtocols(HttpResponse switching) {
        var connection = upstream;
        if (connection == null) {
            return;
        }
        over = true;
        upstream = null;
        release();
        giveBack();
        filter(switching);
        client.switchProtocols(switching, connection);
    }

    @Override
    public void tunnelEnded(long sent, long received) {
        told();
        ended.tunnelled(this, sent, received);
    }

    /** The endpoint has said all, and is free for others; the client gets the rest of it by and by. */
    void received(boolean upstreamPersists) {
        waitingSince = NOT_WAITING;
        letGo(connection -> connection.end(upstreamPersists && body.isSent()));
        if (attempts != null) {
            attempts.endLoad();
        }
        giveBack();
        if (!body.isSent()) {
            discardBody();
        }
    }

    /** The response has been passed on whole. */
    void finish(boolean upstreamPersists) {
        over = true;
        detach(connection -> connection.end(upstreamPersists && body.isSent()));
        ended.passed(this, End.COMPLETE);
        client.end(body.isWithheld());
    }

    @Override
    public void closed(Upstream.Closed how) {
        upstream = null;
        var mayRepeat = attempts != null && attempts.repeats().after(how);
        if (!over && !(mayRepeat && isSentAgain(how == Upstream.Closed.SEEN, Refusal.UPSTREAM_FAILED.status()))) {
            fail(Refusal.UPSTREAM_FAILED);
        }
    }

    /**
     * Sends a request once more that may be, where an attempt is left.
     *
     * @param isFault whether the endpoint had better not be asked again
     * @param status that the client would have got
     */
    private boolean isSentAgain(boolean isFault, int status) {
        if (attempts == null || !attempts.takeAnother(!isFault)) {
            return false;
        }
        waitingSince = NOT_WAITING;
        endpointStatus = Finished.NO_STATUS;
        letGo(Upstream::abort);
        attempts.again(isFault, status);
        return true;
    }

    /** The endpoint has sent what is no response. */
    void broken() {
        if (attempts == null
                || !attempts.repeats().after(Upstream.Closed.SEEN)
                || !isSentAgain(true, Refusal.UPSTREAM_FAILED.status())) {
            fail(Refusal.UPSTREAM_FAILED);
        }
    }

    @Override
    public void writable(boolean writable) {
        if (!body.isSent()) {
            waitingSince = !writable && response.isDue() ? System.nanoTime() : NOT_WAITING;
        }
        client.setReading(writable);
    }

    public void clientWritable(boolean writable) {
        if (writable) {
            unreadSince = Claim.NOT_STALLED;
        } else if (unreadSince == Claim.NOT_STALLED) {
            unreadSince = System.nanoTime();
        }
        readResponse();
    }

    private void readResponse() {
        if (upstream != null) {
            upstream.reading(unreadSince == Claim.NOT_STALLED && !response.isHolding());
        }
    }

    /** The response is held back or not, to be sent slowly. */
    void responseHeld() {
        if (!over) {
            holding.update();
            readResponse();
        }
    }

    /** Whether the client takes more of the response now. */
    boolean takesMore() {
        return !over && client.isWritable();
    }

    @Override
    public void sweep(long now) {
        if (waitingSince != NOT_WAITING && now - waitingSince > responseNanos) {
            if (attempts == null
                    || !attempts.repeats().afterTimeout()
                    || !isSentAgain(true, Refusal.UPSTREAM_TIMEOUT.status())) {
                fail(Refusal.UPSTREAM_TIMEOUT);
            }
        }
    }

    /** How many nanoseconds it waits for the endpoint from now on, at the least. */
    long patience(long now) {
        return waitingSince == NOT_WAITING ? responseNanos : responseNanos - (now - waitingSince);
    }

    /** Whether it waits for the response on a connection that these attempts have found. */
    boolean isAnsweredBy(Attempts found) {
        return attempts == found && upstream != null && response.isDue();
    }

    /** What it has sent whole still reaches the endpoint: some clients send and leave. */
    public void clientGone() {
        if (over) {
            return;
        }
        over = true;
        var isSent = body.isSent() && !body.isNone();
        detach(isSent ? connection -> connection.end(false) : Upstream::abort);
        ended.passed(this, End.CLIENT_GONE);
    }

    /** Ends at once because of an error in Adit itself; the client has to be told by the caller. */
    public void abandon() {
        if (!over) {
            over = true;
            detach(Upstream::abort);
            ended.passed(this, End.BROKEN_OFF);
        }
    }

    /** Answers the client, or breaks off where the answer has begun. */
    public void fail(Refusal error) {
        answer(Answer.of(error));
    }

    /** Answers the client in place of an endpoint, or breaks off where the endpoint's answer has begun. */
    void answer(Answer answer) {
        replacedStatus = answer.status().code();
        if (over || (mayBeDiverted() && !answer.isEnding() && isDiverted(Outcome.of(answer)))) {
            return;
        }
        over = true;
        detach(Upstream::abort);
        if (response.isStarted()) {
            ended.broken(this, answer);
            client.breakOff();
        } else {
            ended.answered(this, answer);
            client.answer(filters == null ? answer : filters.response(answer), body.isWithheld());
        }
    }

    private void detach(Consumer<Upstream> end) {
        told();
        release();
        letGo(end);
        giveBack();
    }

    /** Nobody is asked any more. */
    private void letGo(Consumer<Upstream> end) {
        var connection = upstream;
        upstream = null;
        if (connection != null) {
            end.accept(connection);
        }
    }

    private void giveBack() {
        if (attempts != null) {
            attempts.giveBack();
        }
    }

    private void release() {
        if (mirror != null && !body.isSent()) {
            mirror.gone();
        }
        if (attempts != null) {
            attempts.endLoad();
        }
        body.release();
        response.release();
        holding.close();
    }

    /** HTTP/1.0 knows no chunks and no interim responses. */
    boolean isHttp10() {
        return request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    }
}
