package dev.adit.filter;

import dev.adit.http.FieldRules;
import dev.adit.http.Refusal;
import dev.adit.http.codec.Answer;
import dev.adit.routing.Regex;
import dev.adit.routing.RegexBudget;
import dev.adit.routing.policy.ClientCertificate;
import dev.adit.routing.policy.ClientCertificate.Need;
import dev.adit.routing.policy.FieldValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Lets only clients through whose certificate one of the authorities of the route has signed. */
final class ClientCertificateFilter implements Filter {
    private static final int FOUND = 302;
    private static final int PEM_LINE = 64;
    private static final List<String> FIELDS =
            List.of("ssl-client-verify", "ssl-client-subject-dn", "ssl-client-issuer-dn", "ssl-client-cert");
    // As OpenSSL calls what RFC 2253 has no name for.
    private static final Map<String, String> NAMES =
            Map.of("1.2.840.113549.1.9.1", "emailAddress", "2.5.4.5", "serialNumber");

    private final ClientCertificate policy;
    private final Optional<Regex> subject;

    ClientCertificateFilter(ClientCertificate policy) {
        this.policy = policy;
        this.subject = policy.manner().subject().flatMap(ClientCertificateFilter::expression);
    }

    /** Nginx looks for it anywhere in the subject. */
    private static Optional<Regex> expression(String text) {
        return Regex.parseAnywhere(text) instanceof Regex.Parsed.Valid(var regex)
                ? Optional.of(regex)
                : Optional.empty();
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        return policy.manner().isStrict() ? strict(request) : lenient(request);
    }

    private Step strict(FilteredRequest request) {
        var refusal = request.peer().refusal(request.head().host(), policy);
        return refusal == null ? Step.PROCEED : refuse(request, Answer.of(refusal));
    }

    /** As ingress-nginx: what came without TLS is not judged, and the endpoint is told of what was shown. */
    private Step lenient(FilteredRequest request) {
        FIELDS.forEach(name -> FieldRules.remove(request.fields(), name));
        var isSecure = request.connection().isSecure(); // whatever a proxy in front says
        var refusal = isSecure ? request.peer().refusal(request.head().host(), policy) : null;
        if (refusal == Refusal.MISDIRECTED && policy.asksInHandshake()) {
            return refuse(request, Answer.of(refusal));
        }
        if (refusal != null && !isEnough(refusal)) {
            return refuse(request, unacceptable(request));
        }
        var shown = isSecure ? request.peer().certificate() : null;
        if (!request.peer().isAssumed() && !isForSubject(shown)) {
            return refuse(request, Answer.of(Refusal.CLIENT_SUBJECT_REFUSED));
        }
        if (isSecure) {
            tell(request, shown, refusal);
        }
        return Step.PROCEED;
    }

    private boolean isEnough(Refusal refusal) {
        return switch (policy.manner().need()) {
            case STRICT, SIGNED -> false;
            case SIGNED_IF_SHOWN -> refusal == Refusal.CLIENT_CERTIFICATE_REQUIRED;
            case ANY, NONE -> true;
        };
    }

    /** Its clients are not told of HSTS by these answers, as by nginx, which gives them before it looks for a location. */
    private static Step refuse(FilteredRequest request, Answer answer) {
        request.onResponse(response -> response.fields().remove("strict-transport-security"));
        request.answer(answer);
        return Step.ANSWERED;
    }

    private Answer unacceptable(FilteredRequest request) {
        return policy.manner()
                .errorPage()
                .flatMap(page -> FieldValue.of(request.variables().url(page)))
                .map(location -> Answer.redirect(FOUND, location))
                .orElseGet(() -> Answer.of(Refusal.CLIENT_CERTIFICATE_UNACCEPTABLE));
    }

    /** Without a certificate there is no subject. One whose expression is not valid is nobody's. */
    private boolean isForSubject(@Nullable X509Certificate shown) {
        if (policy.manner().subject().isEmpty()) {
            return true;
        }
        var name = shown == null ? "" : name(shown.getSubjectX500Principal());
        try {
            return subject.isPresent() && subject.get().matches(name, new RegexBudget());
        } catch (RegexBudget.SpentException _) {
            return false;
        }
    }

    private void tell(FilteredRequest request, @Nullable X509Certificate shown, @Nullable Refusal refusal) {
        var fields = request.fields();
        if (shown == null || policy.manner().need() == Need.NONE) {
            fields.set("ssl-client-verify", "NONE");
            return;
        }
        fields.set("ssl-client-verify", refusal == null ? "SUCCESS" : "FAILED:not signed by an authority");
        FieldValue.of(name(shown.getSubjectX500Principal()))
                .ifPresent(name -> fields.set("ssl-client-subject-dn", name.text()));
        FieldValue.of(name(shown.getIssuerX500Principal()))
                .ifPresent(name -> fields.set("ssl-client-issuer-dn", name.text()));
        if (policy.manner().isPassedOn()) {
            fields.set("ssl-client-cert", pem(shown));
        }
    }

    private static String name(X500Principal principal) {
        return principal.getName(X500Principal.RFC2253, NAMES);
    }

    /** As a part of a URL, like {@code $ssl_client_escaped_cert} of nginx. */
    private static String pem(X509Certificate certificate) {
        try {
            var text = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            var pem = "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n";
            return URLEncoder.encode(pem, StandardCharsets.US_ASCII).replace("+", "%20");
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e); // it was read from its encoded form
        }
    }
}
