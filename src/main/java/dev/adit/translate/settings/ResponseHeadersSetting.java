package dev.adit.translate.settings;

import dev.adit.routing.policy.ResponseFields;
import java.util.Optional;
import java.util.Set;

/** {@code response-headers}: other fields for the client than those of the endpoint. */
final class ResponseHeadersSetting implements PolicySetting {
    @Override
    public String name() {
        return "response-headers";
    }

    @Override
    public Optional<ResponseFields> read(String text) {
        return FieldEdits.read(text, Set.of()).map(ResponseFields::new);
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
