package dev.adit.x509;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The names that a certificate is for (RFC 5280 §4.2.1.6). The JDK refuses all of them where one of a form that nobody asks for is not
 * well-formed, such as a URI without a scheme; clients and other servers pass over that one.
 *
 * @param dns the names of hosts
 * @param uris the names of other things
 * @param count of all of them, with those of other forms
 */
public record AlternativeNames(List<String> dns, List<String> uris, int count) {
    private static final String EXTENSION = "2.5.29.17";
    private static final int DNS_NAME = 0x82;
    private static final int URI = 0x86;

    /**
     * Those of a certificate, which may have none.
     *
     * @throws IllegalArgumentException if the extension is no list of names
     */
    public static AlternativeNames of(X509Certificate certificate) {
        var extension = certificate.getExtensionValue(EXTENSION);
        if (extension == null) {
            return new AlternativeNames(List.of(), List.of(), 0);
        }
        // The value is an OCTET STRING around the sequence.
        var names = Der.children(Der.child(Der.sequence(extension), Der.OCTET_STRING));
        return new AlternativeNames(texts(names, DNS_NAME), texts(names, URI), names.size());
    }

    private static List<String> texts(List<Der.Element> names, int tag) {
        return names.stream()
                .filter(name -> name.tag() == tag)
                .map(name -> new String(name.content(), StandardCharsets.US_ASCII))
                .toList();
    }
}
