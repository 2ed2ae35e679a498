package dev.adit.explain;

import dev.adit.filter.FilterChain;
import dev.adit.filter.FilteredRequest;
import dev.adit.filter.FilteredResponse;
import dev.adit.filter.Outcome;
import dev.adit.http.Client;
import dev.adit.http.Decision;
import dev.adit.http.Refusal;
import dev.adit.http.RequestHead;
import dev.adit.http.RequestVariables;
import dev.adit.http.Verdict;
import dev.adit.http.codec.Answer;
import dev.adit.inquiry.Inquiry;
import dev.adit.inquiry.KnownReplies;
import dev.adit.inquiry.Reply;
import dev.adit.password.DigestNonces;
import dev.adit.password.VerifiedPasswords;
import dev.adit.routing.policy.AccessList;
import dev.adit.routing.policy.ClientCertificate;
import dev.adit.routing.policy.ErrorPages;
import dev.adit.routing.policy.Mirror;
import dev.adit.routing.policy.RateLimit;
import dev.adit.routing.upstream.EndpointTable;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request that is only asked about: the filters of its route judge it as they would judge a real one. */
final class AskedRequest implements FilteredRequest {
    private static final int ADMITTED = 200;

    private final boolean secure;
    private final RequestHead asked;
    private final EndpointTable endpoints;
    private RequestHead head;
    private Optional<Decision> decision = Optional.empty();
    private Optional<Answer> answer = Optional.empty();

    /** Whether every filter has let it through. */
    boolean passed;

    AskedRequest(RequestHead head, boolean secure, EndpointTable endpoints) {
        this.head = head;
        this.asked = head;
        this.endpoints = endpoints;
        this.secure = secure;
    }

    /** What becomes of it, after every filter has let it through; a filter may think otherwise. */
    void decided(Decision made, FilterChain chain) {
        decision = Optional.of(made);
        switch (made) {
            case Decision.Refuse(var error) -> chain.diverts(this, Outcome.of(Answer.of(error)));
            case Decision.Answer(var status, var reason) -> chain.diverts(this, Outcome.of(Answer.of(status, reason)));
            case Decision.Forward _ -> {}
        }
    }

    /** A filter has answered it, and another one may think otherwise. */
    void answered(FilterChain chain) {
        answer.ifPresent(given -> chain.diverts(this, Outcome.of(given)));
    }

    /** What becomes of it; empty where a filter has answered it. */
    Optional<Decision> decision() {
        return decision;
    }

    /** What the filters answer to a request that they do not let through. */
    Explanation.Answer answer() {
        return answer.<Explanation.Answer>map(given -> {
                    var location = given.fields().stream()
                            .filter(field -> field.getKey().equals("location"))
                            .map(field -> "location: " + field.getValue())
                            .toList();
                    return new Explanation.Answer.Own(
                            given.status().code(), given.text().strip(), location);
                })
                .orElseGet(() -> new Explanation.Answer.Own(
                        0, "a filter waits for something that only a real request has", List.of()));
    }

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public RequestHead asked() {
        return asked;
    }

    @Override
    public void head(RequestHead rewritten) {
        head = rewritten;
    }

    @Override
    public HttpHeaders fields() {
        return head.fields();
    }

    /** Nobody says who asks. */
    @Override
    public Client client() {
        return new Client("", secure, false, null);
    }

    @Override
    public Client connection() {
        return client();
    }

    @Override
    public void client(Client other) {}

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public boolean isConnectionSecure() {
        return secure;
    }

    @Override
    public boolean isSession() {
        return false;
    }

    /** The question is where a request goes whose client may go there. */
    @Override
    public Verdict.ClientCertificateCheck peer() {
        return new Verdict.ClientCertificateCheck() {
            @Override
            public @Nullable Refusal refusal(String host, ClientCertificate required) {
                return null;
            }

            @Override
            public boolean isAssumed() {
                return true;
            }
        };
    }

    /** Likewise. */
    @Override
    public boolean isAdmitted(AccessList list) {
        return true;
    }

    /** Likewise. */
    @Override
    public boolean isWithin(RateLimit limit) {
        return true;
    }

    @Override
    public long bodyLength() {
        return 0;
    }

    @Override
    public boolean limitBody(long bytes) {
        return true;
    }

    @Override
    public void paceResponse(long bytesPerSecond, long after) {}

    @Override
    public @Nullable String endpointId() {
        return null;
    }

    @Override
    public boolean knowsEndpoint(String id) {
        return false;
    }

    @Override
    public VerifiedPasswords verifiedPasswords() {
        return new VerifiedPasswords();
    }

    /** The question is asked of no client. */
    @Override
    public boolean compute(BooleanSupplier work, Consumer<Boolean> result) {
        return false;
    }

    @Override
    public boolean isWellFormed() {
        return true;
    }

    @Override
    public RequestVariables variables() {
        return new RequestVariables(new Client("", secure, false, null), head, fields()::getAll);
    }

    /** The question is where a request goes that every service admits. */
    @Override
    public boolean ask(Inquiry inquiry, Consumer<Optional<Reply>> result) {
        result.accept(Optional.of(new Reply(ADMITTED, Map.of())));
        return true;
    }

    @Override
    public DigestNonces digestNonces() {
        return new DigestNonces(() -> 0);
    }

    @Override
    public String target() {
        return asked.path() + asked.query();
    }

    @Override
    public KnownReplies knownReplies() {
        return new KnownReplies(System::nanoTime);
    }

    @Override
    public void onResponse(Consumer<FilteredResponse> change) {}

    @Override
    public void mirror(Mirror to, RequestHead copied) {}

    @Override
    public boolean hasEndpoint(ErrorPages.Backend backend) {
        return !endpoints.of(backend.upstream()).isEmpty();
    }

    @Override
    public void divert(ErrorPages.Backend backend, RequestHead other, boolean withBody) {
        head = other;
        decision = Optional.of(
                new Decision.Forward(backend.upstream(), backend.policy(), endpoints.of(backend.upstream())));
    }

    @Override
    public void divert(Answer given) {
        decision = Optional.empty();
        answer = Optional.of(given);
    }

    @Override
    public void answer(Answer given) {
        answer = Optional.of(given);
    }
}
