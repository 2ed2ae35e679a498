package dev.adit.routing.text;

import dev.adit.routing.policy.ExternalAuth;
import dev.adit.routing.policy.FieldName;
import dev.adit.routing.policy.Template;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.TreeMap;

/** The text form of a service that is asked about requests. */
final class ExternalAuthText {
    private ExternalAuthText() {}

    static String write(ExternalAuth auth) {
        var text = new StringBuilder("external-auth ")
                .append(Words.quote(auth.url().text()));
        auth.method().ifPresent(method -> text.append(" method ").append(method));
        auth.signIn().ifPresent(url -> word(text, "sign-in", url));
        auth.redirect().ifPresent(url -> word(text, "redirect", url));
        auth.responseFields().forEach(name -> text.append(" takes ").append(Words.quote(name.text())));
        auth.fields().keySet().stream()
                .sorted(Comparator.comparing(FieldName::text))
                .forEach(name -> text.append(" tells ")
                        .append(Words.quote(name.text()))
                        .append(' ')
                        .append(Words.quote(auth.fields()
                                .getOrDefault(name, new Template(""))
                                .text())));
        auth.kept().ifPresent(kept -> {
            word(text.append(" kept ").append(Words.quote(kept.zone())), "by", kept.key());
            kept.seconds()
                    .forEach((status, seconds) ->
                            text.append(" status ").append(status).append(' ').append(seconds));
        });
        return text.append(auth.alwaysSetsCookies() ? " always-sets-cookies" : "")
                .toString();
    }

    private static void word(StringBuilder text, String name, Template value) {
        text.append(' ').append(name).append(' ').append(Words.quote(value.text()));
    }

    static ExternalAuth read(Words words) {
        var url = new Template(words.next());
        var method = words.after("method");
        var signIn = words.after("sign-in").map(Template::new);
        var redirect = words.after("redirect").map(Template::new);
        var takes = new ArrayList<FieldName>();
        while (words.take("takes")) {
            takes.add(new FieldName(words.next()));
        }
        var tells = new LinkedHashMap<FieldName, Template>();
        while (words.take("tells")) {
            tells.put(new FieldName(words.next()), new Template(words.next()));
        }
        var kept = words.take("kept") ? Optional.of(kept(words)) : Optional.<ExternalAuth.Kept>empty();
        return new ExternalAuth(url, method, signIn, takes, redirect, words.take("always-sets-cookies"), tells, kept);
    }

    private static ExternalAuth.Kept kept(Words words) {
        var zone = words.next();
        words.take("by");
        var key = new Template(words.next());
        var seconds = new TreeMap<Integer, Integer>();
        while (words.take("status")) {
            seconds.put(Integer.valueOf(words.next()), Integer.valueOf(words.next()));
        }
        return new ExternalAuth.Kept(zone, key, seconds);
    }
}
