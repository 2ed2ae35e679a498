package dev.adit.translate.annotation.nginx;

import dev.adit.routing.Regex;
import dev.adit.routing.policy.ClientCertificate.Manner;
import dev.adit.routing.policy.ClientCertificate.Need;
import dev.adit.routing.policy.Template;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.Fidelity;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import dev.adit.translate.annotation.Values;
import java.util.List;
import java.util.Optional;

/** Certificates that clients have to show. They hold for all of a host; what the Secret says is looked for where the rules are read. */
public final class AuthTls implements AnnotationFamily {
    /** The Secret, with its namespace. Whatever it says, it means that not everybody may come. */
    public static final AnnotationKey<String> SECRET = AnnotationKey.closing(
                    "auth-tls-secret",
                    Scope.HOST,
                    true,
                    "use NAMESPACE/NAME of a Secret in the same namespace",
                    "`shop/authorities`: a Secret of the same namespace, whose `ca.crt` has signed the certificates of clients. It holds for all of"
                            + " the hosts of the Ingress, whichever Ingress has their paths; requests that come without TLS are not judged",
                    "everybody is served",
                    Values::qualifiedName)
            .served(new Fidelity.Differs("a Secret without ca.crt, or of another namespace, closes the host"));

    private static final AnnotationKey<Need> VERIFY_CLIENT = AnnotationKey.of(
            "auth-tls-verify-client",
            Scope.HOST,
            OnError.DEFAULT,
            "use on, off, optional or optional_no_ca",
            "`on`: a client without a signed certificate is answered 400; `optional`: one without any is served; `optional_no_ca`: everybody is,"
                    + " and the endpoint is told what was shown; `off`: nobody is asked",
            "`on`",
            AuthTls::need);
    private static final AnnotationKey<Integer> VERIFY_DEPTH = AnnotationKey.of(
            "auth-tls-verify-depth",
            Scope.HOST,
            OnError.DEFAULT,
            GoValues.NUMBER,
            "how many certificates may stand between that of the client and the authority",
            "1",
            GoValues::integer);
    private static final AnnotationKey<Template> ERROR_PAGE = AnnotationKey.of(
            "auth-tls-error-page",
            Scope.HOST,
            OnError.REFUSE,
            "use a URL, such as https://help.example.com/certificates",
            "where a client is sent, by 302, instead of 400",
            "the client is answered 400",
            Urls::template);
    private static final AnnotationKey<Boolean> PASS_CERTIFICATE = AnnotationKey.of(
            "auth-tls-pass-certificate-to-upstream",
            Scope.HOST,
            OnError.REFUSE,
            GoValues.TRUTH,
            "`\"true\"`: endpoints get the certificate in ssl-client-cert, as PEM that is escaped as in a URL",
            "they get ssl-client-verify, ssl-client-subject-dn and ssl-client-issuer-dn",
            GoValues::truth);
    private static final AnnotationKey<String> MATCH_CN = Guards.key(
            "auth-tls-match-cn",
            "use a regular expression that begins with CN=",
            "`CN=(ann|bob)`: only clients are served with this in their subject, others are answered 403",
            "any subject will do",
            AuthTls::subject);

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(SECRET, VERIFY_CLIENT, VERIFY_DEPTH, ERROR_PAGE, PASS_CERTIFICATE, MATCH_CN);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {}

    /** How clients are asked. */
    public static Manner manner(Annotations of) {
        return new Manner(
                of.get(VERIFY_CLIENT).orElse(Need.SIGNED),
                Math.max(0, of.get(VERIFY_DEPTH).orElse(1)),
                of.get(ERROR_PAGE),
                of.get(MATCH_CN),
                of.get(PASS_CERTIFICATE).orElse(false));
    }

    private static Optional<Need> need(String text) {
        return switch (text) {
            case "on" -> Optional.of(Need.SIGNED);
            case "off" -> Optional.of(Need.NONE);
            case "optional" -> Optional.of(Need.SIGNED_IF_SHOWN);
            case "optional_no_ca" -> Optional.of(Need.ANY);
            default -> Optional.empty();
        };
    }

    private static Optional<String> subject(String text) {
        return text.startsWith("CN=") && Regex.parseAnywhere(text) instanceof Regex.Parsed.Valid
                ? Optional.of(text)
                : Optional.empty();
    }
}
