package dev.adit.translate.annotation.nginx;

import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.Fidelity;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Settings of how nginx works inside, which have no meaning here: they are read, so that a wrong one does what it does there. */
final class Tuning implements AnnotationFamily {
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,12}[bkmgtBKMGT]?");
    private static final Pattern CIPHERS = Pattern.compile("[A-Za-z0-9!:+\\-_.@=]{1,2048}+");
    private static final String SIZES = "use bytes, or a number with k, m or g, such as 8k";
    private static final String SWITCH = "use \"on\" or \"off\"";

    private static final List<AnnotationKey<?>> KEYS = List.of(
            key("client-body-buffer-size", OnError.REFUSE, SIZES, "bodies are passed on as they come", Tuning::size),
            key(
                    "proxy-buffer-size",
                    OnError.DEFAULT,
                    SIZES,
                    "the head of a response may be up to 64 KiB",
                    Tuning::size),
            key(
                    "proxy-buffers-number",
                    OnError.DEFAULT,
                    GoValues.NUMBER,
                    "bodies are passed on as they come",
                    GoValues::integer),
            key("proxy-busy-buffers-size", OnError.DEFAULT, SIZES, "bodies are passed on as they come", Tuning::size),
            key("proxy-max-temp-file-size", OnError.DEFAULT, SIZES, "nothing is written to a disk", Tuning::size),
            key("proxy-buffering", OnError.DEFAULT, SWITCH, "bodies are passed on as they come", Tuning::onOrOff),
            key(
                    "proxy-request-buffering",
                    OnError.DEFAULT,
                    SWITCH,
                    "bodies are passed on as they come",
                    Tuning::onOrOff),
            key(
                    "proxy-send-timeout",
                    OnError.DEFAULT,
                    GoValues.NUMBER,
                    "an endpoint that takes nothing of a body is given up after the time of proxy-read-timeout",
                    GoValues::integer),
            key(
                    "proxy-http-version",
                    OnError.DEFAULT,
                    "use 1.1",
                    "it is 1.1, or what backend-protocol says",
                    text -> Optional.of(text).filter("1.1"::equals)),
            key(
                    "access-log-quiet",
                    OnError.DEFAULT,
                    GoValues.TRUTH,
                    "`--access-log-status` says what is written",
                    GoValues::truth),
            key(
                    "enable-rewrite-log",
                    OnError.DEFAULT,
                    GoValues.TRUTH,
                    "`adit explain` says what becomes of a URL",
                    GoValues::truth),
            key(
                    "http2-push-preload",
                    OnError.DEFAULT,
                    GoValues.TRUTH,
                    "clients take no pushes any more",
                    GoValues::truth),
            key("ssl-ciphers", OnError.REFUSE, "use names of OpenSSL", "modern ones are offered", Tuning::ciphers),
            key(
                    "ssl-prefer-server-ciphers",
                    OnError.REFUSE,
                    GoValues.TRUTH,
                    "clients choose among modern ones",
                    GoValues::truth),
            key(
                    "proxy-ssl-ciphers",
                    OnError.DEFAULT,
                    "use names of OpenSSL",
                    "modern ones are offered",
                    Tuning::ciphers));

    @Override
    public List<AnnotationKey<?>> keys() {
        return KEYS;
    }

    @Override
    public void read(Annotations of, RouteDraft into) {}

    private static Optional<String> size(String text) {
        return SIZE.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    private static Optional<String> onOrOff(String text) {
        return text.equals("on") || text.equals("off") ? Optional.of(text) : Optional.empty();
    }

    private static Optional<String> ciphers(String text) {
        return CIPHERS.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    private static <T> AnnotationKey<T> key(
            String name, OnError onError, String allowed, String instead, Function<String, Optional<T>> reading) {
        return AnnotationKey.of(name, Scope.INGRESS, onError, allowed, "no effect: " + instead, "no effect", reading)
                .served(new Fidelity.NoMeaning());
    }
}
