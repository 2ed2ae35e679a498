package dev.adit.translate.settings;

import dev.adit.routing.policy.FieldName;
import dev.adit.routing.policy.RequestFields;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code request-headers}: other fields for the endpoint than those of the client. */
final class RequestHeadersSetting implements PolicySetting {
    // Who the client is, and for which host: the proxy says it, and rewrite changes the host. CGI-style servers know no
    // difference between signs (RFC 3875 §4.1.18), and make HTTP_PROXY of the last one (CVE-2016-5385).
    private static final Set<String> OF_THE_PROXY = Set.of("host", "forwarded", "x-real-ip", "proxy");
    private static final String FORWARDED = "x-forwarded-";
    private static final Pattern SIGN = Pattern.compile("[^a-z0-9]");

    @Override
    public String name() {
        return "request-headers";
    }

    @Override
    public Optional<RequestFields> read(String text) {
        return FieldEdits.read(text, name -> !isOfTheProxy(name)).map(RequestFields::new);
    }

    private static boolean isOfTheProxy(FieldName name) {
        var canonical = SIGN.matcher(name.text()).replaceAll("-");
        return OF_THE_PROXY.contains(canonical) || canonical.startsWith(FORWARDED);
    }

    @Override
    public String remedy() {
        return FieldEdits.REMEDY + ", nor can those that say who the client is (Forwarded, X-Forwarded-*, X-Real-IP)";
    }

    @Override
    public boolean isGeneral() {
        return true;
    }
}
