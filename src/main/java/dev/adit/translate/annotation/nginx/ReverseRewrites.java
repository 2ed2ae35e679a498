package dev.adit.translate.annotation.nginx;

import dev.adit.routing.policy.ReverseRewrite;
import dev.adit.routing.policy.ReverseRewrite.Replacement;
import dev.adit.routing.policy.Template;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What endpoints say of their own URLs. */
final class ReverseRewrites implements AnnotationFamily {
    private static final Set<String> NONE = Set.of("off", "default");
    private static final Pattern WORD = Pattern.compile("(?!~)[A-Za-z0-9\\-._~:/?#\\[\\]@!$&()*+,=%{}|]{1,1024}+");
    private static final String TWO = "use two words, such as `/internal/ /`, and no regular expressions";

    private static final AnnotationKey<String> REDIRECT_FROM = key(
            "proxy-redirect-from",
            "use what a URL begins with, and no regular expressions",
            "`http://internal/`: what Location and Refresh of an endpoint begin with that are changed; `off` and `default` for none",
            "`off`",
            text -> word(text).filter(one -> one.indexOf('$') < 0));
    private static final AnnotationKey<String> REDIRECT_TO = key(
            "proxy-redirect-to",
            "use what a URL begins with",
            "`https://www.example.com/`: what is put in its place; `off`: nothing is changed",
            "nothing is changed",
            ReverseRewrites::word);
    static final AnnotationKey<Optional<Replacement>> COOKIE_PATH = key(
            "proxy-cookie-path",
            TWO,
            "`/internal/ /`: what the path of a cookie begins with, and what is put in its place",
            "`off`",
            ReverseRewrites::replacement);
    static final AnnotationKey<Optional<Replacement>> COOKIE_DOMAIN = key(
            "proxy-cookie-domain",
            TWO,
            "`internal example.com`: the domain of a cookie, and the one that is put in its place",
            "`off`",
            ReverseRewrites::replacement);

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(REDIRECT_FROM, REDIRECT_TO, COOKIE_PATH, COOKIE_DOMAIN);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {
        var url = of.get(REDIRECT_FROM)
                .filter(from -> !NONE.contains(from))
                .flatMap(from -> of.get(REDIRECT_TO)
                        .filter(to -> !to.equals("off"))
                        .map(to -> new Replacement(from, new Template(to))));
        var path = of.get(COOKIE_PATH).flatMap(Function.identity());
        var domain = of.get(COOKIE_DOMAIN).flatMap(Function.identity());
        if (url.isPresent() || path.isPresent() || domain.isPresent()) {
            into.add(new ReverseRewrite(url, path, domain));
        }
    }

    private static Optional<String> word(String text) {
        return WORD.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    /** An empty one where nothing is to be replaced. */
    private static Optional<Optional<Replacement>> replacement(String text) {
        if (text.equals("off")) {
            return Optional.of(Optional.empty());
        }
        var words = text.split(" +", 3);
        return words.length == 2
                        && words[0].indexOf('$') < 0
                        && WORD.matcher(words[0]).matches()
                        && WORD.matcher(words[1]).matches()
                ? Optional.of(Optional.of(new Replacement(words[0], new Template(words[1]))))
                : Optional.empty();
    }

    private static <T> AnnotationKey<T> key(
            String name, String allowed, String doc, String otherwise, Function<String, Optional<T>> reading) {
        return AnnotationKey.of(name, Scope.INGRESS, OnError.DEFAULT, allowed, doc, otherwise, reading);
    }
}
