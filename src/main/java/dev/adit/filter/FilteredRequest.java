package dev.adit.filter;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.adit.http.Client;
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
import dev.adit.routing.policy.ErrorPages;
import dev.adit.routing.policy.Mirror;
import dev.adit.routing.policy.RateLimit;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request as filters see it. */
public interface FilteredRequest {
    /** The head that the endpoint will get; a rewrite has already changed it. */
    RequestHead head();

    /** The head as it came, whatever a rewrite has made of it. */
    RequestHead asked();

    /** Has the endpoint get another head. */
    void head(RequestHead rewritten);

    /** The fields that came, which a filter may change. Fields that only the proxy may set are not written from here. */
    HttpHeaders fields();

    /** Who is taken for the client. */
    Client client();

    /** The peer of the connection, whoever is taken for the client. */
    Client connection();

    /** Has another one be taken for it. */
    void client(Client other);

    /** As {@link #isSecure}, whatever a filter has said of the client. */
    boolean isConnectionSecure();

    /** Whether the client's connection, or that of a trusted proxy in front, is encrypted. */
    boolean isSecure();

    /**
     * Whether the client is one of those that a list admits. Its address is that of the connection, or behind a trusted proxy the
     * one that the proxy has added; one whose address is not known is none of them.
     */
    boolean isAdmitted(AccessList list);

    /** Counts the request, and says whether the client may make it. */
    boolean isWithin(RateLimit limit);

    /** Judges the certificate of the client. */
    Verdict.ClientCertificateCheck peer();

    /** The announced length of the body; -1 where it is not known. */
    long bodyLength();

    /** Answers 413 as soon as the body turns out to be larger; false where it has done so already. */
    @CheckReturnValue
    boolean limitBody(long bytes);

    /** Has the body of the endpoint's response sent no faster than that, after its first bytes. */
    void paceResponse(long bytesPerSecond, long after);

    /**
     * Has something computed that takes long, and is told of the result on the event loop of the request, unless that has ended
     * meanwhile; false where too much waits to be computed already.
     */
    @CheckReturnValue
    boolean compute(BooleanSupplier work, Consumer<Boolean> result);

    /** What passwords are known to be right. */
    VerifiedPasswords verifiedPasswords();

    /** Which nonces of digests there are. */
    DigestNonces digestNonces();

    /** The request target as it came, in whatever form. */
    String target();

    /** Whether every field that came is one that may be sent on. Else the request is refused where it would be. */
    boolean isWellFormed();

    /** What variables of nginx are in the request. */
    RequestVariables variables();

    /**
     * Asks another service, and is told of its answer on the event loop of the request, unless that has ended meanwhile; false where too
     * much has been asked already.
     */
    @CheckReturnValue
    boolean ask(Inquiry inquiry, Consumer<Optional<Reply>> result);

    /** Answers that are good for more than one request. */
    KnownReplies knownReplies();

    /** Has the head of the final response changed, too, after the filters. */
    void onResponse(Consumer<FilteredResponse> change);

    /**
     * Sends a copy of the request to another upstream, too.
     *
     * @param head what the copy asks for
     */
    void mirror(Mirror to, RequestHead head);

    /** The name of the endpoint that has answered, by which it can be asked for again; null where none was asked. */
    @Nullable
    String endpointId();

    /** Whether clients are kept at the endpoints of the Service that was asked. */
    boolean isSession();

    /** Whether the Service of the route has an endpoint with that name now. */
    boolean knowsEndpoint(String id);

    /** Whether a Service has an endpoint now. */
    boolean hasEndpoint(ErrorPages.Backend backend);

    /**
     * Has a Service answer, and not who was about to; only from {@link Filter#diverts}.
     *
     * @param backend with an endpoint
     * @param withBody whether it gets the body, too, of which nobody has got anything yet
     */
    void divert(ErrorPages.Backend backend, RequestHead head, boolean withBody);

    /** Has the client get this answer, and not the one that it was about to get; likewise. */
    void divert(Answer answer);

    /** Answers in place of an endpoint. */
    void answer(Answer answer);
}
