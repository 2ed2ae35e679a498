package dev.adit.routing.policy;

/** The endpoint receives other fields than the client sent. */
public record RequestFields(FieldEdit edit) implements Policy {
    @Override
    public String text() {
        return "request fields [" + edit.text() + "]";
    }
}
