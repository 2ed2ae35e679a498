package dev.adit.translate.settings;

import dev.adit.routing.policy.RequestFields;
import java.util.Optional;
import java.util.Set;

/** {@code request-headers}: other fields for the endpoint than those of the client. */
final class RequestHeadersSetting implements PolicySetting {
    // Who the client is, and for which host: the proxy says it, and rewrite changes the host.
    private static final Set<String> OF_THE_PROXY =
            Set.of("host", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto", "x-real-ip");

    @Override
    public String name() {
        return "request-headers";
    }

    @Override
    public Optional<RequestFields> read(String text) {
        return FieldEdits.read(text, OF_THE_PROXY).map(RequestFields::new);
    }

    @Override
    public String remedy() {
        return FieldEdits.REMEDY;
    }

    @Override
    public boolean isGeneral() {
        return true;
    }
}
