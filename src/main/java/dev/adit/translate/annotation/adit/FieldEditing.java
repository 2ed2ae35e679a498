package dev.adit.translate.annotation.adit;

import dev.adit.routing.policy.FieldName;
import dev.adit.routing.policy.RequestFields;
import dev.adit.routing.policy.ResponseFields;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Scope;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Other fields for the endpoint than those of the client, and for the client than those of the endpoint. */
public final class FieldEditing implements AnnotationFamily {
    // Who the client is, and for which host: the proxy says it, and rewrite changes the host. CGI-style servers know no
    // difference between signs (RFC 3875 §4.1.18), and make HTTP_PROXY of the last one (CVE-2016-5385).
    private static final Set<String> OF_THE_PROXY = Set.of("host", "forwarded", "x-real-ip", "proxy");
    private static final String FORWARDED = "x-forwarded-";
    private static final Pattern SIGN = Pattern.compile("[^a-z0-9]");

    private final List<AnnotationKey<?>> keys;

    FieldEditing() {
        this("");
    }

    /**
     * For another dialect than Adit's own.
     *
     * @param prefix of all annotations, with the slash, where it is not that of the dialect
     */
    public FieldEditing(String prefix) {
        AnnotationKey<RequestFields> request = AnnotationKey.of(
                prefix + "request-headers",
                Scope.CLASS,
                FieldEdits.ALLOWED + ", nor can those that say who the client is (Forwarded, X-Forwarded-*, X-Real-IP)",
                "as `response-headers`, for the fields that the endpoint receives. What says who the client is cannot be"
                        + " edited, and the host is changed by `rewrite`",
                "the fields of the client",
                text -> FieldEdits.read(text, name -> !isOfTheProxy(name)).map(RequestFields::new));
        AnnotationKey<ResponseFields> response = AnnotationKey.of(
                prefix + "response-headers",
                Scope.CLASS,
                FieldEdits.ALLOWED,
                "one field a line: `X-Frame-Options: DENY` sets it, `+Vary: Origin` adds one more, `-Server` removes it."
                        + " Answers of Adit's own get them too",
                "the fields of the endpoint",
                text -> FieldEdits.read(text, _ -> true).map(ResponseFields::new));
        this.keys = List.of(request, response);
    }

    @Override
    public List<AnnotationKey<?>> keys() {
        return keys;
    }

    private static boolean isOfTheProxy(FieldName name) {
        var canonical = SIGN.matcher(name.text()).replaceAll("-");
        return OF_THE_PROXY.contains(canonical) || canonical.startsWith(FORWARDED);
    }
}
