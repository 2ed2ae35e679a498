package dev.adit.translate.annotation.adit;

import dev.adit.routing.policy.FieldEdit;
import dev.adit.routing.policy.FieldEdit.Field;
import dev.adit.routing.policy.FieldName;
import dev.adit.routing.policy.FieldValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Field edits as they are written, one a line: {@code Name: value} sets a field, {@code +Name: value} adds one more, and
 * {@code -Name} removes it.
 */
public final class FieldEdits {
    static final String ALLOWED = "write one field a line: \"Name: value\" to set it, \"+Name: value\" to add one more,"
            + " \"-Name\" to remove it; fields that frame messages or belong to a connection cannot be edited";

    private final Predicate<FieldName> others;
    private final List<FieldName> remove = new ArrayList<>();
    private final List<Field> set = new ArrayList<>();
    private final List<Field> add = new ArrayList<>();

    private FieldEdits(Predicate<FieldName> others) {
        this.others = others;
    }

    /**
     * Reads the lines of a setting.
     *
     * @param others which of the other fields can be edited
     */
    static Optional<FieldEdit> read(String text, Predicate<FieldName> others) {
        var edits = new FieldEdits(others);
        var lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return !lines.isEmpty() && lines.stream().allMatch(edits::line)
                ? Optional.of(new FieldEdit(edits.remove, edits.set, edits.add))
                : Optional.empty();
    }

    private boolean line(String line) {
        return switch (line.charAt(0)) {
            case '-' -> name(line.substring(1)).map(remove::add).orElse(false);
            case '+' -> field(line.substring(1)).map(add::add).orElse(false);
            default -> field(line).map(set::add).orElse(false);
        };
    }

    private Optional<Field> field(String line) {
        var colon = line.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : name(line.substring(0, colon))
                        .flatMap(name ->
                                FieldValue.of(line.substring(colon + 1).strip()).map(value -> new Field(name, value)));
    }

    private Optional<FieldName> name(String text) {
        return FieldName.of(text).filter(name -> !name.isOfOneHop() && others.test(name));
    }
}
