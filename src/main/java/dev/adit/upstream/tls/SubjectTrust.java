package dev.adit.upstream.tls;

import dev.adit.routing.upstream.EndpointTls.Subject;
import dev.adit.x509.AlternativeNames;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Takes certificates of those whom another one trusts, and of them those that are for one of some names. */
final class SubjectTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager signers;
    private final List<Subject> subjects;

    SubjectTrust(X509ExtendedTrustManager signers, List<Subject> subjects) {
        this.signers = signers;
        this.subjects = subjects;
    }

    private void check(X509Certificate leaf) throws CertificateException {
        try {
            var names = AlternativeNames.of(leaf);
            if (subjects.stream().noneMatch(subject -> isOne(subject, names))) {
                throw new CertificateException("the certificate is for none of " + subjects);
            }
        } catch (IllegalArgumentException e) {
            throw new CertificateException("the names of the certificate cannot be read", e);
        }
    }

    private static boolean isOne(Subject subject, AlternativeNames names) {
        return switch (subject.form()) {
            case DNS -> names.dns().stream().anyMatch(name -> covers(name, subject.value()));
            // Schemes and hosts aside, a URI is another one where a letter is (RFC 3986 §6.2.1).
            case URI -> names.uris().contains(subject.value());
        };
    }

    /** RFC 9525 §6.3: a wildcard is the whole of the leftmost label, and stands for one. */
    private static boolean covers(String inCertificate, String wanted) {
        var name = inCertificate.toLowerCase(Locale.ROOT);
        var host = wanted.toLowerCase(Locale.ROOT);
        var dot = host.indexOf('.');
        return name.equals(host) || (dot > 0 && name.equals("*" + host.substring(dot)));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        signers.checkServerTrusted(chain, type, engine);
        check(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        signers.checkServerTrusted(chain, type, socket);
        check(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        signers.checkServerTrusted(chain, type);
        check(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("clients are judged elsewhere");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return signers.getAcceptedIssuers();
    }
}
