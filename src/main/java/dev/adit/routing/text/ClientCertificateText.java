package dev.adit.routing.text;

import dev.adit.routing.policy.ClientCertificate;
import dev.adit.routing.policy.ClientCertificate.Manner;
import dev.adit.routing.policy.ClientCertificate.Need;
import dev.adit.routing.policy.Template;
import java.util.List;
import java.util.Locale;

/** The text form of what clients have to show. */
final class ClientCertificateText {
    private static final String OF_LISTENER = " of-listener";
    private static final String ASKED_ONLY = " asked-only";

    private ClientCertificateText() {}

    static String write(ClientCertificate certificate) {
        var manner = certificate.manner();
        var text = new StringBuilder("clients of ").append(Words.quote(certificate.secret()));
        if (manner.isOfListener()) {
            return text + OF_LISTENER + (manner.isAskedOnly() ? ASKED_ONLY : "");
        }
        if (manner.isStrict()) {
            return text.toString();
        }
        text.append(' ').append(manner.need().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        text.append(" depth ").append(manner.depth());
        manner.errorPage().ifPresent(page -> text.append(" error-page ").append(Words.quote(page.text())));
        manner.subject().ifPresent(subject -> text.append(" subject ").append(Words.quote(subject)));
        return text.append(manner.isPassedOn() ? " passed-on" : "").toString();
    }

    /** Without the authorities, whom no text holds. */
    static ClientCertificate read(Words words) {
        var secret = words.next();
        if (words.isAtEnd()) {
            return new ClientCertificate(secret, List.of());
        }
        if (words.take(OF_LISTENER.strip())) {
            var manner = words.take(ASKED_ONLY.strip()) ? Manner.ASKED_BY_LISTENER : Manner.OF_LISTENER;
            return new ClientCertificate(secret, List.of(), manner);
        }
        var need = Need.valueOf(words.next().toUpperCase(Locale.ROOT).replace('-', '_'));
        words.take("depth");
        var depth = Integer.parseInt(words.next());
        var page = words.after("error-page").map(Template::new);
        var subject = words.after("subject");
        return new ClientCertificate(
                secret, List.of(), new Manner(need, depth, page, subject, words.take("passed-on")));
    }
}
