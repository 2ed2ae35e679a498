package dev.adit.routing.text;

import dev.adit.routing.Route.Action;
import dev.adit.routing.policy.ErrorPages;
import dev.adit.routing.policy.FieldEdit.Field;
import dev.adit.routing.policy.FieldName;
import dev.adit.routing.policy.FieldValue;
import java.util.ArrayList;
import java.util.TreeSet;

/** The text form of answers that come from another Service. */
final class ErrorPagesText {
    private ErrorPagesText() {}

    static String write(ErrorPages pages) {
        var text = new StringBuilder("error-pages");
        pages.standIn().ifPresent(backend -> text.append(" stand-in ").append(write(backend)));
        if (!pages.statuses().isEmpty()) {
            text.append(pages.ofEndpoints() ? " for" : " for-own");
            new TreeSet<>(pages.statuses()).forEach(status -> text.append(' ').append(status));
        }
        pages.pages().forEach(page -> text.append(" from ").append(write(page)));
        pages.about()
                .forEach(field -> text.append(" about ")
                        .append(Words.quote(field.name().text()))
                        .append(' ')
                        .append(Words.quote(field.value().text())));
        return text.toString();
    }

    private static String write(ErrorPages.Backend backend) {
        return Words.quote(backend.upstream().toString() + backend.policy());
    }

    static ErrorPages read(Words words) {
        var standIn = words.after("stand-in").map(ErrorPagesText::backend);
        var statuses = new TreeSet<Integer>();
        var pages = new ArrayList<ErrorPages.Backend>();
        var about = new ArrayList<Field>();
        var ofEndpoints = true;
        while (!words.isAtEnd()) {
            var word = words.next();
            switch (word) {
                case "for" -> ofEndpoints = true;
                case "for-own" -> ofEndpoints = false;
                case "from" -> pages.add(backend(words.next()));
                case "about" -> about.add(new Field(new FieldName(words.next()), new FieldValue(words.next())));
                default -> statuses.add(Integer.valueOf(word));
            }
        }
        return new ErrorPages(standIn, statuses, pages, ofEndpoints, about);
    }

    private static ErrorPages.Backend backend(String text) {
        if (new ActionReader(text).action() instanceof Action.Forward(var upstream, var policy)) {
            return new ErrorPages.Backend(upstream, policy);
        }
        throw new IllegalArgumentException("an error page comes from a Service");
    }
}
