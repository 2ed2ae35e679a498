package dev.adit.translate.annotation.nginx;

import dev.adit.routing.Hostname;
import dev.adit.translate.IngressHosts;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import java.util.List;

/** Other names of the hosts of an Ingress. */
public final class ServerNames implements AnnotationFamily {
    /** They are served like the hosts of the rules. */
    public static final AnnotationKey<List<Hostname>> SERVER_ALIAS = AnnotationKey.of(
            IngressHosts.SERVER_ALIAS,
            Scope.HOST,
            OnError.REFUSE,
            "use names of hosts with commas between them",
            "`a.example.com, *.example.org`: other names of the hosts of the rules. One that an Ingress has rules for is that Ingress's; a"
                    + " wildcard stands for one label or more. Regular expressions stand for none: they are reported",
            "no other names",
            IngressHosts::aliases);
    /** The host with {@code www.}, or without, is sent there. */
    public static final AnnotationKey<Boolean> WWW_REDIRECT = AnnotationKey.of(
            IngressHosts.WWW_REDIRECT,
            Scope.HOST,
            OnError.REFUSE,
            GoValues.TRUTH,
            "`\"true\"`: requests to `www.` before the host of a rule are sent to that host, by 308, and the other way round where the rule has"
                    + " `www.`",
            "that host is not served",
            GoValues::truth);
    /** How redirects that are implied are written. */
    public static final AnnotationKey<Boolean> RELATIVE_REDIRECTS = AnnotationKey.of(
            "relative-redirects",
            Scope.HOST,
            OnError.REFUSE,
            GoValues.TRUTH,
            "`\"true\"`: the redirect to a path with a slash at its end has a path for its Location",
            "it has a URL",
            GoValues::truth);

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(SERVER_ALIAS, WWW_REDIRECT, RELATIVE_REDIRECTS);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {}
}
