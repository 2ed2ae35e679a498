package dev.adit.translate.annotation.nginx;

import dev.adit.routing.policy.LogLine;
import dev.adit.routing.policy.Unlogged;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.Fidelity;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether requests are written to the access log, and how. */
final class AccessLogs implements AnnotationFamily {
    private static final int LONGEST_FORMAT = 4_096;
    // A line of the log is one line, however its format is written down.
    private static final Pattern LINE_BREAK = Pattern.compile("[\\r\\n\\t]+ *");
    private static final int MOST_TARGETS = 100;
    private static final Fidelity.Differs WITH_A_LOG = new Fidelity.Differs(
            "there is an access log only where the option `--access-log` says so; it has requests that no Ingress"
                    + " takes, and connections that pass unread, whatever this says");

    private static final AnnotationKey<Boolean> ENABLE_ACCESS_LOG = AnnotationKey.of(
            "enable-access-log",
            Scope.INGRESS,
            OnError.DEFAULT,
            GoValues.TRUTH,
            "`\"false\"`: no line of the access log is written, where `--access-log` says that there is one",
            "`\"true\"`",
            GoValues::truth);
    private static final AnnotationKey<Boolean> DISABLE_ACCESS_LOG = Settings.truth(
                    "disable-access-log",
                    "`\"true\"`: no line of the access log is written for any Ingress",
                    "lines are written where `--access-log` says that there is an access log")
            .served(WITH_A_LOG);
    private static final AnnotationKey<Boolean> DISABLE_HTTP_ACCESS_LOG = Settings.truth(
                    "disable-http-access-log",
                    "`\"true\"`: as `disable-access-log`",
                    "lines are written where `--access-log` says that there is an access log")
            .served(WITH_A_LOG);
    private static final AnnotationKey<String> DISABLE_STREAM_ACCESS_LOG = Settings.key(
                    "disable-stream-access-log",
                    "leave the option --access-log away, which writes the lines of connections, too",
                    "not read: connections that pass unread have lines where `--access-log` says that there is an access log",
                    "they have",
                    text -> Optional.of(text).filter("false"::equals))
            .served(new Fidelity.Differs("it is the option `--access-log`"));
    private static final AnnotationKey<List<String>> SKIP_ACCESS_LOG_URLS = Settings.key(
                    "skip-access-log-urls",
                    "give up to " + MOST_TARGETS + " paths such as /healthz, with their queries, separated by commas;"
                            + " expressions are not served",
                    "requests of Ingresses with these targets, such as `/healthz`, are not written",
                    "all are",
                    AccessLogs::targets)
            .served(new Fidelity.Differs("regular expressions (`~`) are reported, and the lines are written"));
    private static final AnnotationKey<String> LOG_FORMAT_UPSTREAM = Settings.key(
                    "log-format-upstream",
                    "use at most " + LONGEST_FORMAT + " characters",
                    "the line of `--access-log=nginx`, where there is no `--access-log-format`",
                    "that of ingress-nginx",
                    text -> Optional.of(text)
                            .filter(format -> format.length() <= LONGEST_FORMAT)
                            .map(format -> LINE_BREAK.matcher(format).replaceAll(" ")))
            .served(new Fidelity.Differs(
                    "a variable that Adit does not know, or that is a credential, is written as `-`,"
                            + " and its log tells; requests that no Ingress takes have the line of the option"));
    private static final AnnotationKey<Boolean> LOG_FORMAT_ESCAPE_JSON = Settings.truth(
                    "log-format-escape-json",
                    "`\"true\"`: its values are escaped as in texts of JSON; they are as well where it begins with a brace",
                    "all but printable ASCII is escaped as by nginx")
            .served(new Fidelity.Differs("a format that begins with a brace is one of JSON in any case"));

    /** Those of the ConfigMap of ingress-nginx. */
    static final List<AnnotationKey<?>> OF_ALL = List.of(
            DISABLE_ACCESS_LOG,
            DISABLE_HTTP_ACCESS_LOG,
            DISABLE_STREAM_ACCESS_LOG,
            SKIP_ACCESS_LOG_URLS,
            LOG_FORMAT_UPSTREAM,
            LOG_FORMAT_ESCAPE_JSON);

    private static Optional<List<String>> targets(String text) {
        var targets = Arrays.stream(text.split(",", MOST_TARGETS + 2))
                .map(String::strip)
                .filter(target -> !target.isEmpty())
                .toList();
        return targets.size() <= MOST_TARGETS && targets.stream().allMatch(target -> target.startsWith("/"))
                ? Optional.of(targets)
                : Optional.empty();
    }

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(ENABLE_ACCESS_LOG);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {
        if (!of.get(ENABLE_ACCESS_LOG).orElse(true)
                || of.get(DISABLE_ACCESS_LOG).orElse(false)
                || of.get(DISABLE_HTTP_ACCESS_LOG).orElse(false)) {
            into.add(Unlogged.ALL);
            return;
        }
        of.get(SKIP_ACCESS_LOG_URLS)
                .filter(targets -> !targets.isEmpty())
                .ifPresent(targets -> into.add(new Unlogged(targets)));
        of.get(LOG_FORMAT_UPSTREAM)
                .filter(format -> !format.isBlank())
                .ifPresent(format -> into.add(new LogLine(
                        format,
                        of.get(LOG_FORMAT_ESCAPE_JSON).orElse(false)
                                || format.stripLeading().startsWith("{"))));
    }
}
