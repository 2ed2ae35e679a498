package dev.adit.translate.settings;

import dev.adit.routing.policy.ResponseFields;
import java.util.Optional;

/** {@code response-headers}: other fields for the client than those of the endpoint. */
final class ResponseHeadersSetting implements PolicySetting {
    @Override
    public String name() {
        return "response-headers";
    }

    @Override
    public Optional<ResponseFields> read(String text) {
        return FieldEdits.read(text, _ -> true).map(ResponseFields::new);
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
